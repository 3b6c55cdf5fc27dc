//! MFA devices.

use aws_sdk_iam::{
    Client,
    types::{MfaDevice, VirtualMfaDevice as Device},
};
use awspect_inventory::{
    Listed, Observed,
    iam::{MfaDevices, User, VirtualMfaDevice},
};
use futures::{StreamExt as _, stream};

use super::listing::{gap, more};
use crate::{
    Session,
    ask::Missing,
    read::{arn, said},
};

/// How many users are asked for at once.
const IN_FLIGHT: usize = 16;

/// The virtual devices of the account, whether anybody uses them or not.
pub(super) async fn virtual_devices(
    session: &Session,
    client: &Client,
) -> Listed<VirtualMfaDevice> {
    let pages = client.list_virtual_mfa_devices().into_paginator().send();
    session
        .ask(&session.home)
        .pages::<VirtualMfaDevice, _, _, _, _>(
            pages,
            |page| {
                more(page.is_truncated, page.marker.as_deref())?;
                Ok(page.virtual_mfa_devices)
            },
            device,
            gap(session, "mfa/*"),
        )
        .await
}

fn device(device: Device) -> Result<VirtualMfaDevice, Missing> {
    let user = device.user.map(|user| arn(Some(&user.arn), "User.Arn"));
    Ok(VirtualMfaDevice {
        arn: arn(Some(&device.serial_number), "SerialNumber")?,
        user: user.transpose()?,
    })
}

/// Asks for the devices of users whose kind of MFA is not known otherwise.
///
/// Of a user who has MFA, a complete list of virtual devices tells the kind: virtual where the user is in it, and
/// hardware where not.
pub(super) async fn fill(
    session: &Session,
    client: &Client,
    virtual_devices: &Listed<VirtualMfaDevice>,
    users: &mut [User],
) {
    if virtual_devices.gaps.is_empty() {
        return;
    }
    let asked = users.iter_mut().filter(|user| {
        let credentials = user.credentials.set();
        credentials.is_some_and(|own| own.mfa && own.password == Some(true))
    });
    stream::iter(asked)
        .for_each_concurrent(IN_FLIGHT, async |user| {
            user.mfa_devices = devices(session, client, &user.name).await;
        })
        .await;
}

async fn devices(session: &Session, client: &Client, user: &str) -> Observed<MfaDevices> {
    let pages = client.list_mfa_devices().user_name(user).into_paginator().send();
    session
        .ask(&session.home)
        .whole(
            pages,
            |page| {
                more(page.is_truncated, page.marker.as_deref())?;
                Ok(page.mfa_devices)
            },
            |device: MfaDevice| said(&device.serial_number, "SerialNumber").map(str::to_owned),
            MfaDevices,
        )
        .await
}
