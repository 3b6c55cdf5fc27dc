//! What a template declares.

use aws_sdk_cloudformation::operation::get_template::GetTemplateOutput;
use awspect_inventory::cloudformation::{Template, TemplateParameter, TemplateResource};
use serde_json::{Map, Value};

use super::{document, texts::Texts};
use crate::{
    ask::{Missing, Read},
    secret::Detector,
};

/// A template that holds no resources is none.
pub(super) fn read(detector: Detector, answer: GetTemplateOutput) -> Read<Template> {
    let body = answer.template_body.unwrap_or_default();
    let document = document::parse(&body).ok_or(Missing("TemplateBody"))?;
    let document = document.as_object().ok_or(Missing("TemplateBody"))?;
    let resources = members(document, "Resources").ok_or(Missing("Resources"))?;
    let parameters = members(document, "Parameters");
    let resources = resources.iter().map(|(id, declared)| resource(id, declared));
    let mut texts = Texts::of(detector);
    for (key, part) in document {
        texts.read(key, part);
    }
    Ok(Some(Template {
        resources: resources.collect::<Result<_, _>>()?,
        parameters: parameters.into_iter().flatten().map(parameter).collect(),
        default_secrets: texts.of_defaults,
        secrets: texts.of_others,
    }))
}

fn members<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Map<String, Value>> {
    object.get(name)?.as_object()
}

fn resource(id: &str, declared: &Value) -> Result<TemplateResource, Missing> {
    let text = |name: &str| declared.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(TemplateResource {
        id: id.to_owned(),
        kind: text("Type").ok_or(Missing("Type"))?,
        condition: text("Condition"),
        deletion_policy: text("DeletionPolicy"),
    })
}

fn parameter((name, declared): (&String, &Value)) -> TemplateParameter {
    TemplateParameter {
        name: name.clone(),
        kind: declared.get("Type").and_then(Value::as_str).map(str::to_owned),
        no_echo: match declared.get("NoEcho") {
            Some(Value::Bool(no_echo)) => *no_echo,
            // YAML's words for it, and those of templates that quote it.
            Some(Value::String(text)) => {
                ["true", "yes", "on"].contains(&text.to_ascii_lowercase().as_str())
            }
            _ => false,
        },
    }
}
