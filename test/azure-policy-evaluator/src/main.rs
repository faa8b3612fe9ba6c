//! Evaluates an Azure Policy definition with Microsoft's open evaluator.
//!
//! `azure-policy-evaluator DEFINITION ALIASES` reads one resource with its parameters as JSON from each line of standard
//! input, `{"resource": …, "parameters": …}`, and prints a line for each: the effect, or `-` if the rule does not match.

use std::io::{self, BufRead, BufWriter, Write};

use anyhow::{anyhow, Context, Result};
use regorus::languages::azure_policy::aliases::normalizer;
use regorus::languages::azure_policy::aliases::AliasRegistry;
use regorus::languages::azure_policy::{compiler, parser};
use regorus::rvm::RegoVM;
use regorus::{Rc, Source, Value};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let definition = arguments.next().context("no definition")?;
    let aliases = arguments.next().context("no aliases")?;

    let mut registry = AliasRegistry::new();
    registry.load_from_json(&std::fs::read_to_string(aliases)?)?;
    let registry = Rc::new(registry);
    let text = std::fs::read_to_string(&definition)?;
    let source = Source::from_contents(definition, text)?;
    let parsed = parser::parse_policy_definition(&source).map_err(|error| anyhow!("{error}"))?;
    let program = compiler::compile_policy_definition_with_aliases(&parsed, Rc::clone(&registry))?;

    let mut vm = RegoVM::new();
    vm.load_program(program);
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let mut input = Value::from_json_str(&line?)?;
        let resource = normalizer::normalize(&input["resource"], Some(&registry), None);
        input
            .as_object_mut()?
            .insert(Value::from("resource"), resource);
        vm.set_input(input);
        vm.set_context(Value::new_object());
        let result = vm.execute_entry_point_by_name("main")?;
        match result["effect"].as_string() {
            Ok(effect) => writeln!(out, "{effect}")?,
            Err(_) => writeln!(out, "-")?,
        }
    }
    Ok(())
}
