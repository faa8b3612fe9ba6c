"""A CDKTF program in Python. The Aspect of this package needs JavaScript, so the synthesized output is checked."""
import sys

from cdktf import App, TerraformResource, TerraformStack, TerraformVariable


def cluster(stack: TerraformStack, name: str, **profile: str) -> TerraformResource:
    """A cluster without the generated bindings, which are large."""
    resource = TerraformResource(stack, name, terraform_resource_type="azurerm_kubernetes_cluster")
    resource.add_override("name", name)
    if profile:
        resource.add_override("network_profile", profile)
    return resource


app = App(outdir=sys.argv[1])
stack = TerraformStack(app, "shop")
cluster(stack, "good", network_plugin="azure", network_data_plane="cilium", network_policy="cilium")
cluster(stack, "bare")
cluster(stack, "none", network_plugin="azure", network_policy="none")
engine = TerraformVariable(stack, "engine", type="string")
cluster(stack, "open", network_plugin="azure", network_policy=engine.string_value)
app.synth()
