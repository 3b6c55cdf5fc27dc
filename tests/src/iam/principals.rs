//! Users, groups and roles being set up. Each method sets one thing.

use aws_sdk_iam::types::{StatusType, Tag};
use serde_json::Value;

use super::{Iam, send};

macro_rules! principal {
    ($(#[$doc:meta])* $name:ident, $by:ident, $inline:ident, $attach:ident) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<'a> {
            iam: &'a Iam<'a>,
            name: String,
        }

        #[expect(clippy::return_self_not_must_use, reason = "the calls are made when the methods run")]
        impl<'a> $name<'a> {
            pub(super) fn new(iam: &'a Iam<'a>, name: &str) -> Self {
                Self { iam, name: name.to_owned() }
            }

            /// An inline policy.
            pub fn inline(self, name: &str, document: &Value) -> Self {
                let call = self.iam.client.$inline().$by(&self.name).policy_name(name);
                send!(self.iam, self.name, call.policy_document(document.to_string()));
                self
            }

            /// A managed policy, by its ARN.
            pub fn attach(self, arn: &str) -> Self {
                send!(self.iam, self.name, self.iam.client.$attach().$by(&self.name).policy_arn(arn));
                self
            }
        }
    };
}

principal!(
    /// A user.
    User, user_name, put_user_policy, attach_user_policy
);
principal!(
    /// A group.
    Group, group_name, put_group_policy, attach_group_policy
);
principal!(
    /// A role.
    Role, role_name, put_role_policy, attach_role_policy
);

#[expect(clippy::return_self_not_must_use, reason = "the calls are made when the methods run")]
#[expect(clippy::missing_panics_doc, reason = "all of them do where the fake AWS refuses")]
impl User<'_> {
    /// A member of a group.
    pub fn member_of(self, group: &str) -> Self {
        let call = self.iam.client.add_user_to_group().group_name(group);
        send!(self.iam, self.name, call.user_name(&self.name));
        self
    }

    /// A password for the console.
    pub fn password(self) -> Self {
        let call = self.iam.client.create_login_profile().user_name(&self.name);
        send!(self.iam, self.name, call.password("Correct-Horse-9"));
        self
    }

    /// An access key that works.
    pub fn key(self) -> Self {
        send!(self.iam, self.name, self.iam.client.create_access_key().user_name(&self.name));
        self
    }

    /// An access key that was switched off.
    pub fn inactive_key(self) -> Self {
        let call = self.iam.client.create_access_key().user_name(&self.name);
        let made = send!(self.iam, self.name, call);
        let call = self
            .iam
            .client
            .update_access_key()
            .user_name(&self.name)
            .set_access_key_id(made.access_key.map(|key| key.access_key_id))
            .status(StatusType::Inactive);
        send!(self.iam, self.name, call);
        self
    }

    /// A virtual MFA device.
    pub fn virtual_mfa(self) -> Self {
        let call = self.iam.client.create_virtual_mfa_device();
        let made = send!(self.iam, self.name, call.virtual_mfa_device_name(&self.name));
        let serial = made.virtual_mfa_device.map(|device| device.serial_number);
        let serial = serial.expect("a device has a serial number");
        self.mfa(&serial)
    }

    /// An MFA device with a serial number: that of hardware, or an ARN.
    pub fn mfa(self, serial: &str) -> Self {
        let call = self
            .iam
            .client
            .enable_mfa_device()
            .user_name(&self.name)
            .serial_number(serial)
            .authentication_code1("123456")
            .authentication_code2("654321");
        send!(self.iam, self.name, call);
        self
    }

    /// A tag.
    pub fn tag(self, key: &str, value: &str) -> Self {
        let tag = Tag::builder().key(key).value(value).build().expect("complete");
        send!(self.iam, self.name, self.iam.client.tag_user().user_name(&self.name).tags(tag));
        self
    }
}

#[expect(clippy::return_self_not_must_use, reason = "the calls are made when the methods run")]
#[expect(clippy::missing_panics_doc, reason = "all of them do where the fake AWS refuses")]
impl Role<'_> {
    /// A permissions boundary. The fake AWS keeps those of roles and none of users.
    pub fn boundary(self, arn: &str) -> Self {
        let call = self.iam.client.put_role_permissions_boundary().role_name(&self.name);
        send!(self.iam, self.name, call.permissions_boundary(arn));
        self
    }

    /// An instance profile of the same name, with the role in it.
    pub fn instance_profile(self) -> Self {
        let client = &self.iam.client;
        let call = client.create_instance_profile().instance_profile_name(&self.name);
        send!(self.iam, self.name, call);
        let call = client.add_role_to_instance_profile().instance_profile_name(&self.name);
        send!(self.iam, self.name, call.role_name(&self.name));
        self
    }

    /// A tag.
    pub fn tag(self, key: &str, value: &str) -> Self {
        let tag = Tag::builder().key(key).value(value).build().expect("complete");
        send!(self.iam, self.name, self.iam.client.tag_role().role_name(&self.name).tags(tag));
        self
    }
}
