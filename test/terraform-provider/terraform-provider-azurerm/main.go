// A stand-in for the azurerm provider: its flags (required, optional, computed, forces a new resource) without Azure, as in
// kubernetes_cluster_resource.go of 3.116 and the files next to it. Only these flags decide what a plan marks as known after
// apply.
package main

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/customdiff"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/plugin"
)

func main() {
	plugin.Serve(&plugin.ServeOpts{ProviderFunc: provider})
}

func provider() *schema.Provider {
	return &schema.Provider{
		Schema: map[string]*schema.Schema{
			"features": block(map[string]*schema.Schema{}),
		},
		ResourcesMap: map[string]*schema.Resource{
			"azurerm_resource_group":                     resourceGroup(),
			"azurerm_kubernetes_cluster":                 cluster(),
			"azurerm_kubernetes_cluster_node_pool":       nodePool(),
			"azurerm_resource_group_template_deployment": templateDeployment(),
		},
		DataSourcesMap: map[string]*schema.Resource{
			"azurerm_kubernetes_cluster": clusterData(),
		},
	}
}

func requiredText() *schema.Schema   { return &schema.Schema{Type: schema.TypeString, Required: true} }
func optionalText() *schema.Schema   { return &schema.Schema{Type: schema.TypeString, Optional: true} }
func optionalTruth() *schema.Schema  { return &schema.Schema{Type: schema.TypeBool, Optional: true} }
func optionalNumber() *schema.Schema { return &schema.Schema{Type: schema.TypeInt, Optional: true} }

func computed(s *schema.Schema) *schema.Schema {
	s.Computed = true
	return s
}

func forcesNew(s *schema.Schema) *schema.Schema {
	s.ForceNew = true
	return s
}

func withDefault(s *schema.Schema, value any) *schema.Schema {
	s.Default = value
	return s
}

func block(attributes map[string]*schema.Schema) *schema.Schema {
	return &schema.Schema{
		Type: schema.TypeList, Optional: true, MaxItems: 1, Elem: &schema.Resource{Schema: attributes},
	}
}

func requiredBlock(attributes map[string]*schema.Schema) *schema.Schema {
	s := block(attributes)
	s.Optional, s.Required = false, true
	return s
}

const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000"

// The operations of a resource that exists only in the state.
func stored(attributes map[string]*schema.Schema, create schema.CreateContextFunc) *schema.Resource {
	return &schema.Resource{
		Schema:        attributes,
		CreateContext: create,
		ReadContext:   schema.NoopContext,
		UpdateContext: schema.NoopContext,
		DeleteContext: func(_ context.Context, data *schema.ResourceData, _ any) diag.Diagnostics {
			data.SetId("")
			return nil
		},
	}
}

func resourceGroup() *schema.Resource {
	return stored(map[string]*schema.Schema{
		"name":     forcesNew(requiredText()),
		"location": optionalText(),
		// Not part of azurerm: a string that is known after apply.
		"token": {Type: schema.TypeString, Computed: true},
	}, func(_ context.Context, data *schema.ResourceData, _ any) diag.Diagnostics {
		data.SetId(fmt.Sprintf("%s/resourceGroups/%s", subscription, data.Get("name")))
		return diag.FromErr(data.Set("token", "calico"))
	})
}

func cluster() *schema.Resource {
	resource := stored(map[string]*schema.Schema{
		"name":                forcesNew(requiredText()),
		"location":            optionalText(),
		"resource_group_name": forcesNew(requiredText()),
		"dns_prefix":          forcesNew(optionalText()),
		"kubernetes_version":  computed(optionalText()),
		"default_node_pool": requiredBlock(map[string]*schema.Schema{
			"name":                forcesNew(requiredText()),
			"vm_size":             forcesNew(requiredText()),
			"enable_auto_scaling": optionalTruth(),
			"max_count":           optionalNumber(),
			"min_count":           optionalNumber(),
			"node_count":          computed(optionalNumber()),
			"os_sku":              computed(forcesNew(optionalText())),
		}),
		"network_profile": computed(block(map[string]*schema.Schema{
			"network_plugin":      forcesNew(requiredText()),
			"network_policy":      computed(optionalText()),
			"network_plugin_mode": optionalText(),
			"network_data_plane":  computed(optionalText()),
			"ebpf_data_plane":     computed(optionalText()),
			"outbound_type":       withDefault(optionalText(), "loadBalancer"),
			"service_cidr":        computed(forcesNew(optionalText())),
			"ip_versions": computed(forcesNew(&schema.Schema{
				Type: schema.TypeList, Optional: true, Elem: &schema.Schema{Type: schema.TypeString},
			})),
		})),
		"windows_profile": computed(block(map[string]*schema.Schema{
			"admin_username": forcesNew(requiredText()),
			"admin_password": {Type: schema.TypeString, Optional: true, Sensitive: true},
		})),
	}, createCluster)
	resource.CustomizeDiff = customdiff.ForceNewIfChange(
		"network_profile.0.network_policy",
		func(_ context.Context, before, after, _ any) bool { return before != "" && after != before },
	)
	return resource
}

// Azure returns what is not set, and azurerm reads it.
func createCluster(_ context.Context, data *schema.ResourceData, _ any) diag.Diagnostics {
	data.SetId(clusterId(data.Get("resource_group_name"), data.Get("name")))
	profile := map[string]any{"network_plugin": "kubenet", "outbound_type": "loadBalancer"}
	if written := data.Get("network_profile").([]any); len(written) > 0 {
		profile = written[0].(map[string]any)
	}
	setWhereEmpty(profile, "network_data_plane", profile["ebpf_data_plane"])
	setWhereEmpty(profile, "network_data_plane", "azure")
	setWhereEmpty(profile, "ebpf_data_plane", profile["network_data_plane"])
	setWhereEmpty(profile, "service_cidr", "10.0.0.0/16")
	if versions, _ := profile["ip_versions"].([]any); len(versions) == 0 {
		profile["ip_versions"] = []any{"IPv4"}
	}
	pool := data.Get("default_node_pool").([]any)[0].(map[string]any)
	setWhereEmpty(pool, "os_sku", "Ubuntu")
	if pool["node_count"] == 0 {
		pool["node_count"] = 1
	}
	version := data.Get("kubernetes_version")
	if version == "" {
		version = "1.33"
	}
	return set(data, map[string]any{
		"network_profile":    []any{profile},
		"default_node_pool":  []any{pool},
		"kubernetes_version": version,
	})
}

func setWhereEmpty(values map[string]any, name string, value any) {
	if values[name] == nil || values[name] == "" {
		values[name] = value
	}
}

func set(data *schema.ResourceData, values map[string]any) diag.Diagnostics {
	for name, value := range values {
		if err := data.Set(name, value); err != nil {
			return diag.FromErr(err)
		}
	}
	return nil
}

func clusterId(group, name any) string {
	return fmt.Sprintf(
		"%s/resourceGroups/%s/providers/Microsoft.ContainerService/managedClusters/%s", subscription, group, name,
	)
}

func nodePool() *schema.Resource {
	return stored(map[string]*schema.Schema{
		"name":                  forcesNew(requiredText()),
		"kubernetes_cluster_id": forcesNew(requiredText()),
		"vm_size":               forcesNew(requiredText()),
		"enable_auto_scaling":   optionalTruth(),
		"max_count":             optionalNumber(),
		"min_count":             optionalNumber(),
		"node_count":            computed(optionalNumber()),
		"os_sku":                computed(forcesNew(optionalText())),
		"os_type":               withDefault(forcesNew(optionalText()), "Linux"),
	}, func(_ context.Context, data *schema.ResourceData, _ any) diag.Diagnostics {
		data.SetId(fmt.Sprintf("%s/agentPools/%s", data.Get("kubernetes_cluster_id"), data.Get("name")))
		image := map[string]string{"Linux": "Ubuntu", "Windows": "Windows2022"}[data.Get("os_type").(string)]
		if data.Get("os_sku") != "" {
			image = data.Get("os_sku").(string)
		}
		return set(data, map[string]any{"os_sku": image, "node_count": 1})
	})
}

func templateDeployment() *schema.Resource {
	return stored(map[string]*schema.Schema{
		"name":                forcesNew(requiredText()),
		"resource_group_name": forcesNew(requiredText()),
		"deployment_mode":     requiredText(),
		"template_content":    computed(optionalText()),
		"parameters_content":  computed(optionalText()),
	}, func(_ context.Context, data *schema.ResourceData, _ any) diag.Diagnostics {
		data.SetId(fmt.Sprintf(
			"%s/resourceGroups/%s/providers/Microsoft.Resources/deployments/%s",
			subscription, data.Get("resource_group_name"), data.Get("name"),
		))
		if data.Get("parameters_content") == "" {
			return diag.FromErr(data.Set("parameters_content", "{}"))
		}
		return nil
	})
}

func clusterData() *schema.Resource {
	return &schema.Resource{
		Schema: map[string]*schema.Schema{
			"name":                requiredText(),
			"resource_group_name": requiredText(),
		},
		ReadContext: func(_ context.Context, data *schema.ResourceData, _ any) diag.Diagnostics {
			data.SetId(clusterId(data.Get("resource_group_name"), data.Get("name")))
			return nil
		},
	}
}
