//! `ListBuckets` in pages, as real S3 gives it: sorted by name, with a token to go on by and each bucket's region.

use crate::request::{Request, Response};

/// Parameters that the fake AWS must not see, for it would cut the list and give no token.
const PAGING: [&str; 2] = ["max-buckets", "continuation-token"];
/// Any of these makes S3 tell each bucket's region.
const TELLING: [&str; 4] = ["max-buckets", "continuation-token", "prefix", "bucket-region"];

/// One page of a list of buckets.
pub(crate) struct Page {
    /// The answer before its buckets and after them.
    around: (String, String),
    buckets: Vec<String>,
    token: Option<String>,
    pub(crate) tells_regions: bool,
}

/// The request that asks for the whole list.
pub(crate) fn whole_list(request: &Request) -> Request {
    let is_paging = |pair: &&str| !PAGING.contains(&pair.split('=').next().unwrap_or_default());
    let query: Vec<_> = request.query.split('&').filter(is_paging).collect();
    Request { query: query.join("&"), ..request.clone() }
}

impl Page {
    /// Takes the page that was asked for, of at most `size` buckets, out of the whole list.
    pub(crate) fn of(request: &Request, whole: &str, size: usize) -> Option<Self> {
        let (before, rest) = whole.split_once("<Buckets>")?;
        let (list, after) = rest.split_once("</Buckets>")?;
        let mut buckets: Vec<String> = list
            .split_inclusive("</Bucket>")
            .map(|bucket| bucket.trim().to_owned())
            .filter(|b| !b.is_empty())
            .collect();
        buckets.sort_by(|a, b| name(a).cmp(name(b)));
        let start = request.parameter("continuation-token").unwrap_or_default();
        let start = start
            .strip_prefix("after/")
            .and_then(|token| token.strip_suffix("=="))
            .unwrap_or_default();
        buckets.retain(|bucket| name(bucket) > start);
        let asked =
            request.parameter("max-buckets").and_then(|max| max.parse().ok()).unwrap_or(usize::MAX);
        let size = size.min(asked);
        let is_cut = buckets.len() > size;
        buckets.truncate(size);
        // The characters of a real token, which do not survive in a query string unless they are encoded.
        let token = buckets.last().filter(|_| is_cut).map(|last| format!("after/{}==", name(last)));
        let tells_regions = TELLING.iter().any(|key| request.parameter(key).is_some());
        Some(Self { around: (before.to_owned(), after.to_owned()), buckets, token, tells_regions })
    }

    /// The names of the buckets of the page.
    pub(crate) fn names(&self) -> Vec<String> {
        self.buckets.iter().map(|bucket| name(bucket).to_owned()).collect()
    }

    /// Adds the region to a bucket.
    pub(crate) fn tell_region(&mut self, bucket: &str, region: &str) {
        let element = format!("<BucketRegion>{region}</BucketRegion></Bucket>");
        for entry in self.buckets.iter_mut().filter(|entry| name(entry) == bucket) {
            *entry = entry.replace("</Bucket>", &element);
        }
    }

    /// Writes the page into the answer that had the whole list.
    pub(crate) fn write(self, whole: Response) -> Response {
        let (before, after) = self.around;
        let token = self
            .token
            .map(|token| format!("<ContinuationToken>{token}</ContinuationToken>"))
            .unwrap_or_default();
        let body = format!("{before}<Buckets>{}</Buckets>{token}{after}", self.buckets.concat());
        Response { body: body.into_bytes(), ..whole }
    }
}

/// The request for a bucket's region, signed as the listing was.
pub(crate) fn location_of(bucket: &str, listing: &Request) -> Request {
    Request { path: format!("/{bucket}"), query: "location".to_owned(), ..listing.clone() }
}

/// The region in an answer to `GetBucketLocation`; an empty constraint is us-east-1.
pub(crate) fn region_in(location: &Response) -> Option<String> {
    let text = location.text();
    let (_, rest) = text.split_once("<LocationConstraint").filter(|_| location.status == 200)?;
    let (attributes, rest) = rest.split_once('>')?;
    let region = if attributes.ends_with('/') { "" } else { rest.split('<').next()? };
    Some(if region.is_empty() { "us-east-1".to_owned() } else { region.to_owned() })
}

fn name(bucket: &str) -> &str {
    let between = || bucket.split_once("<Name>")?.1.split_once("</Name>");
    between().map_or("", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(query: &str, size: usize) -> (Vec<String>, Option<String>, bool) {
        let list: String =
            ["c", "a", "b"].map(|name| format!("<Bucket><Name>{name}</Name></Bucket>\n")).concat();
        let whole = format!("<R><Owner/><Buckets>{list}</Buckets></R>");
        let request = Request::new("GET", &format!("/?{query}"), Vec::new(), Vec::new());
        let page = Page::of(&request, &whole, size).expect("a list of buckets");
        (page.names(), page.token.clone(), page.tells_regions)
    }

    #[test]
    fn pages_follow_one_another() {
        let names =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let token = |token: &str| Some(token.to_owned());
        assert_eq!(page("x-id=ListBuckets", 2), (names(&["a", "b"]), token("after/b=="), false));
        assert_eq!(page("continuation-token=after%2Fb%3D%3D", 2), (names(&["c"]), None, true));
        assert_eq!(page("max-buckets=1", 2), (names(&["a"]), token("after/a=="), true));
        assert_eq!(page("max-buckets=1000", 3), (names(&["a", "b", "c"]), None, true));
    }

    #[test]
    fn the_fake_aws_is_asked_for_the_whole_list() {
        let target = "/?max-buckets=1&prefix=a&continuation-token=x&x-id=ListBuckets";
        let request = Request::new("GET", target, Vec::new(), Vec::new());
        assert_eq!(whole_list(&request).target(), "/?prefix=a&x-id=ListBuckets");
    }

    #[test]
    fn locations_are_read() {
        let region = |body: &str| region_in(&Response::new(200, "text/xml", body));
        assert_eq!(
            region("<LocationConstraint xmlns=\"x\">eu-west-1</LocationConstraint>").as_deref(),
            Some("eu-west-1")
        );
        assert_eq!(region("<LocationConstraint xmlns=\"x\"/>").as_deref(), Some("us-east-1"));
        assert_eq!(
            region("<LocationConstraint></LocationConstraint>").as_deref(),
            Some("us-east-1")
        );
        assert_eq!(region("<Error/>"), None);
    }
}
