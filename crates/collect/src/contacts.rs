//! Collects whom AWS writes to about the account.

use aws_sdk_account::{
    operation::get_alternate_contact::GetAlternateContactOutput, types::AlternateContactType,
};
use awspect_inventory::contacts::{Contacts, SecurityContact};

use crate::{
    Session,
    ask::{Missing, Read},
};

/// The alternate contacts that a rule looks at.
pub(crate) async fn collect(session: &Session) -> Contacts {
    let client = session.account(&session.home);
    let call = client
        .get_alternate_contact()
        .alternate_contact_type(AlternateContactType::Security)
        .send();
    let ask = session.ask(&session.home);
    Contacts { security: ask.fact(&["ResourceNotFoundException"], call, contact).await }
}

fn contact(answer: GetAlternateContactOutput) -> Read<SecurityContact> {
    let contact = answer.alternate_contact.ok_or(Missing("AlternateContact"))?;
    let address = contact.email_address.unwrap_or_default();
    Ok(Some(SecurityContact { has_email: !address.trim().is_empty() }))
}
