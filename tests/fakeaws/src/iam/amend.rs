//! What the fake AWS says otherwise of identities than AWS does, put right on the way through.

/// What begins a managed policy in the details of an account, and nothing else there.
const POLICY: &str = "<member><Arn>";
const END: &str = "</member>";

/// The details of an account with the names of managed policies, which moto leaves out, without AWS's policies that nobody
/// carries, which AWS leaves out, and in the order of their ARNs, for moto has none.
pub(crate) fn policies(details: &str) -> String {
    let mut parts = details.split(POLICY);
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut policies = vec![];
    let mut end = "";
    for part in parts {
        let cut = part.rfind(END).map_or(part.len(), |at| at + END.len());
        let (policy, after) = part.split_at(cut);
        let (arn, rest) = policy.split_once("</Arn>").unwrap_or((policy, ""));
        let is_carried = !policy.contains("<AttachmentCount>0</AttachmentCount>");
        if is_carried || !arn.contains(":iam::aws:") {
            policies.push((arn, rest));
        }
        end = after;
    }
    policies.sort_unstable();
    for (arn, rest) in policies {
        let name = arn.rsplit('/').next().unwrap_or_default();
        text.extend([POLICY, arn, "</Arn><PolicyName>", name, "</PolicyName>", rest]);
    }
    text + end
}

#[cfg(test)]
mod tests {
    use super::policies;

    #[test]
    fn policies_have_names_and_those_that_nobody_carries_are_left_out() {
        let policy = |owner: &str, name: &str, count: u8| {
            let versions =
                "<PolicyVersionList><member><Document>{}</Document></member></PolicyVersionList>";
            let arn = format!("<Arn>arn:aws:iam::{owner}:policy/x/");
            let count = format!("<AttachmentCount>{count}</AttachmentCount>");
            if name.is_empty() {
                format!("<member>{arn}p</Arn>{count}{versions}</member>")
            } else {
                format!(
                    "<member>{arn}p</Arn><PolicyName>{name}</PolicyName>{count}{versions}</member>"
                )
            }
        };
        let list = |policies: &str| {
            format!("<R><member><Path>/</Path></member><Policies>{policies}</Policies>false</R>")
        };
        let all = [policy("1", "", 0), policy("aws", "", 1), policy("aws", "", 0)].concat();
        assert_eq!(policies(&list(&all)), list(&(policy("1", "p", 0) + &policy("aws", "p", 1))));
        assert_eq!(policies(&list("")), list(""));
    }
}
