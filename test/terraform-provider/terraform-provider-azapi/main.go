// A stand-in for the azapi provider: azapi_resource with its flags in version 2, without Azure. `body` takes a value of any
// type, and what `sensitive_body` merges into it is never stored.
package main

import (
	"context"
	"log"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	options := providerserver.ServeOpts{Address: "registry.terraform.io/azure/azapi"}
	if err := providerserver.Serve(context.Background(), func() provider.Provider { return &azapi{} }, options); err != nil {
		log.Fatal(err)
	}
}

type azapi struct{}

func (*azapi) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "azapi"
}
func (*azapi) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (*azapi) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (*azapi) DataSources(context.Context) []func() datasource.DataSource                        { return nil }
func (*azapi) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		func() resource.Resource { return &anyResource{name: "azapi_resource"} },
		func() resource.Resource { return &anyResource{name: "azapi_update_resource"} },
	}
}

type anyResource struct{ name string }

type values struct {
	Id            types.String  `tfsdk:"id"`
	Type          types.String  `tfsdk:"type"`
	Name          types.String  `tfsdk:"name"`
	ParentId      types.String  `tfsdk:"parent_id"`
	Body          types.Dynamic `tfsdk:"body"`
	SensitiveBody types.Dynamic `tfsdk:"sensitive_body"`
}

func (r *anyResource) Metadata(_ context.Context, _ resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = r.name
}

func (*anyResource) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	text := schema.StringAttribute{
		Optional: true, Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
	response.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"id":             text,
		"type":           schema.StringAttribute{Required: true},
		"name":           text,
		"parent_id":      text,
		"body":           schema.DynamicAttribute{Optional: true, Computed: true},
		"sensitive_body": schema.DynamicAttribute{Optional: true, WriteOnly: true},
	}}
}

func (*anyResource) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	var planned values
	response.Diagnostics.Append(request.Plan.Get(ctx, &planned)...)
	if planned.Body.IsUnknown() {
		planned.Body = types.DynamicNull()
	}
	planned.Id = types.StringValue(idOf(planned))
	response.Diagnostics.Append(response.State.Set(ctx, planned)...)
}

// The ID of a nested resource has the last segment of its type, that of any other resource the whole type.
func idOf(planned values) string {
	name, _, _ := strings.Cut(planned.Type.ValueString(), "@")
	parts := strings.Split(name, "/")
	place := "providers/" + name
	if len(parts) > 2 {
		place = parts[len(parts)-1]
	}
	return strings.Join([]string{planned.ParentId.ValueString(), place, planned.Name.ValueString()}, "/")
}

func (*anyResource) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	var planned values
	response.Diagnostics.Append(request.Plan.Get(ctx, &planned)...)
	if planned.Body.IsUnknown() {
		planned.Body = types.DynamicNull()
	}
	response.Diagnostics.Append(response.State.Set(ctx, planned)...)
}

func (*anyResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (*anyResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
