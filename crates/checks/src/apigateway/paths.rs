//! Which requests a method of a REST API takes.

use awspect_inventory::apigateway::DeployedMethod;
use awspect_policy::{Glob, Methods, Token};

use super::serving::Served;

/// What `ANY` stands for.
const HTTP_METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// One part of a path, the more special first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Fixed(&'a str),
    /// `{id}`
    Any,
    /// `{proxy+}`
    Rest,
}

fn parts(path: &str) -> impl Iterator<Item = Part<'_>> {
    path.split('/').skip(1).map(|part| match part.strip_prefix('{') {
        Some(name) if name.ends_with("+}") => Part::Rest,
        Some(name) if name.ends_with('}') => Part::Any,
        _ => Part::Fixed(part),
    })
}

/// The requests for a method in a stage, by the ARNs that policies know them by.
pub(super) fn requests(api: &str, served: &Served<'_>) -> Methods {
    let Served { stage, method, beside, .. } = served;
    let own = http_methods(method, beside);
    let glob = |http_method: &str, path: &str| pattern(api, &stage.name, http_method, path);
    let mut methods = Methods {
        of: own.iter().map(|http_method| glob(http_method, &method.path)).collect(),
        but: vec![],
    };
    for other in beside.iter().filter(|other| goes_before(&other.path, &method.path)) {
        let taken = http_methods(other, beside).into_iter().filter(|taken| own.contains(taken));
        methods.but.extend(taken.map(|http_method| glob(http_method, &other.path)));
    }
    methods
}

/// All requests for an API.
pub(super) fn all(api: &str) -> Methods {
    let of = format!("{api}/").chars().map(Token::Char).chain([Token::Star]).collect::<Vec<_>>();
    Methods { of: vec![Glob::new(of)], but: vec![] }
}

fn pattern(api: &str, stage: &str, http_method: &str, path: &str) -> Glob {
    let mut tokens: Vec<Token> =
        format!("{api}/{stage}/{http_method}").chars().map(Token::Char).collect();
    for part in parts(path) {
        tokens.push(Token::Char('/'));
        match part {
            Part::Fixed(text) => tokens.extend(text.chars().map(Token::Char)),
            Part::Any => tokens.extend([Token::OneBut('/'), Token::StarBut('/')]),
            Part::Rest => tokens.extend([Token::One, Token::Star]),
        }
    }
    Glob::new(tokens)
}

/// The methods of HTTP that a method takes: `ANY` those that its resource has no other for.
fn http_methods<'a>(method: &'a DeployedMethod, beside: &[DeployedMethod]) -> Vec<&'a str> {
    if method.http_method != "ANY" {
        return vec![&method.http_method];
    }
    let is_taken = |http_method: &&str| {
        beside.iter().any(|own| own.path == method.path && own.http_method == *http_method)
    };
    HTTP_METHODS.into_iter().filter(|http_method| !is_taken(http_method)).collect()
}

/// Whether a path is more special than another, so that it takes the requests that both could.
fn goes_before(path: &str, other: &str) -> bool {
    let mut both = parts(path).zip(parts(other));
    match both.find(|(own, other)| own != other) {
        Some((Part::Fixed(_), Part::Fixed(_))) | None => false,
        Some((own, other)) => own < other,
    }
}

#[cfg(test)]
mod tests {
    use super::goes_before;

    #[test]
    fn the_more_special_path_goes_before() {
        for (path, other) in [
            ("/health", "/{proxy+}"),
            ("/", "/{proxy+}"),
            ("/{id}", "/{proxy+}"),
            ("/pets/mine", "/pets/{id}"),
            ("/pets/{id}/toys", "/{kind}/rex/toys"),
            ("/pets/{id}/toys", "/pets/{id}/{what}"),
        ] {
            assert!(goes_before(path, other), "{path} {other}");
            assert!(!goes_before(other, path), "{other} {path}");
        }
        for (path, other) in [("/a", "/a"), ("/a", "/b"), ("/{a}", "/{b}"), ("/a", "/a/b")] {
            assert!(!goes_before(path, other), "{path} {other}");
        }
    }
}
