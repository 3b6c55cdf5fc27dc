//! An account with one user, one group, one role and one policy of its own.

use aws_smithy_types::base64;

use crate::tests::stub::{Answer, Call, ok};

/// The answer to any call to IAM.
pub(in crate::tests) fn usual(call: &Call) -> Answer {
    let name = call.name();
    match (name, call.parameter("Filter.member.1")) {
        ("GetAccountAuthorizationDetails", "User") => details("UserDetailList", USER, None),
        ("GetAccountAuthorizationDetails", "Group") => details("GroupDetailList", GROUP, None),
        ("GetAccountAuthorizationDetails", "Role") => details("RoleDetailList", ROLE, None),
        ("GetAccountAuthorizationDetails", "LocalManagedPolicy") => {
            details("Policies", POLICY, None)
        }
        ("GetAccountAuthorizationDetails", _) => details("Policies", AWS_POLICIES, None),
        ("GetCredentialReport", _) => report(&[COLUMNS, ROOT_ROW, BOB_ROW]),
        _ => query(name, body(name)),
    }
}

/// An answer of the query protocol.
pub(super) fn query(name: &str, inner: &str) -> Answer {
    ok(format!("<{name}Response><{name}Result>{inner}</{name}Result></{name}Response>"))
}

/// A page of `GetAccountAuthorizationDetails` with these in this list.
pub(super) fn details(list: &str, items: &str, next: Option<&str>) -> Answer {
    let lists = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"]
        .map(|name| format!("<{name}>{}</{name}>", if name == list { items } else { "" }))
        .concat();
    let next = next.map_or_else(
        || "<IsTruncated>false</IsTruncated>".to_owned(),
        |next| format!("<IsTruncated>true</IsTruncated><Marker>{next}</Marker>"),
    );
    query("GetAccountAuthorizationDetails", &format!("{lists}{next}"))
}

/// A credential report of these lines.
pub(super) fn report(lines: &[&str]) -> Answer {
    let content = base64::encode(lines.join("\n"));
    query(
        "GetCredentialReport",
        &format!(
            "<Content>{content}</Content><ReportFormat>text/csv</ReportFormat>\
             <GeneratedTime>2026-03-01T12:00:00Z</GeneratedTime>"
        ),
    )
}

pub(super) const USER: &str = "<member><Path>/team/</Path><UserName>bob</UserName>\
    <UserId>AIDAB</UserId><Arn>arn:aws:iam::111122223333:user/team/bob</Arn>\
    <CreateDate>2025-01-02T03:04:05Z</CreateDate><UserPolicyList><member>\
    <PolicyName>inline</PolicyName><PolicyDocument>%7B%22Version%22%3A%222012-10-17%22%7D\
    </PolicyDocument></member></UserPolicyList><GroupList><member>admins</member></GroupList>\
    <AttachedManagedPolicies><member><PolicyName>ReadOnlyAccess</PolicyName>\
    <PolicyArn>arn:aws:iam::aws:policy/ReadOnlyAccess</PolicyArn></member>\
    </AttachedManagedPolicies><PermissionsBoundary>\
    <PermissionsBoundaryType>Policy</PermissionsBoundaryType>\
    <PermissionsBoundaryArn>arn:aws:iam::aws:policy/PowerUserAccess</PermissionsBoundaryArn>\
    </PermissionsBoundary><Tags><member><Key>team</Key><Value>blue</Value></member></Tags>\
    </member>";

pub(super) const GROUP: &str = "<member><Path>/</Path><GroupName>admins</GroupName>\
    <GroupId>AGPAA</GroupId><Arn>arn:aws:iam::111122223333:group/admins</Arn>\
    <CreateDate>2025-01-02T03:04:05Z</CreateDate><GroupPolicyList/><AttachedManagedPolicies>\
    <member><PolicyName>own</PolicyName><PolicyArn>arn:aws:iam::111122223333:policy/own</PolicyArn>\
    </member></AttachedManagedPolicies></member>";

pub(super) const ROLE: &str = "<member><Path>/</Path><RoleName>app</RoleName><RoleId>AROAA</RoleId>\
    <Arn>arn:aws:iam::111122223333:role/app</Arn><CreateDate>2025-01-02T03:04:05Z</CreateDate>\
    <AssumeRolePolicyDocument>%7B%22Statement%22%3A%5B%5D%7D</AssumeRolePolicyDocument>\
    <InstanceProfileList><member><Path>/</Path><InstanceProfileName>app</InstanceProfileName>\
    <InstanceProfileId>AIPAA</InstanceProfileId>\
    <Arn>arn:aws:iam::111122223333:instance-profile/app</Arn>\
    <CreateDate>2025-01-02T03:04:05Z</CreateDate><Roles/></member></InstanceProfileList>\
    <RolePolicyList><member><PolicyName>inline</PolicyName><PolicyDocument>%7B%7D</PolicyDocument>\
    </member></RolePolicyList><AttachedManagedPolicies><member>\
    <PolicyName>ReadOnlyAccess</PolicyName>\
    <PolicyArn>arn:aws:iam::aws:policy/ReadOnlyAccess</PolicyArn></member>\
    </AttachedManagedPolicies><PermissionsBoundary>\
    <PermissionsBoundaryArn>arn:aws:iam::aws:policy/PowerUserAccess</PermissionsBoundaryArn>\
    </PermissionsBoundary><Tags/><RoleLastUsed>\
    <LastUsedDate>2026-02-01T00:00:00Z</LastUsedDate><Region>eu-west-1</Region></RoleLastUsed>\
    </member>";

pub(super) const POLICY: &str = "<member><PolicyName>own</PolicyName><PolicyId>ANPAO</PolicyId>\
    <Arn>arn:aws:iam::111122223333:policy/own</Arn><Path>/</Path>\
    <DefaultVersionId>v2</DefaultVersionId><AttachmentCount>1</AttachmentCount>\
    <PermissionsBoundaryUsageCount>0</PermissionsBoundaryUsageCount>\
    <IsAttachable>true</IsAttachable><CreateDate>2025-01-02T03:04:05Z</CreateDate>\
    <PolicyVersionList><member><Document>%7B%22Id%22%3A%22old%22%7D</Document>\
    <VersionId>v1</VersionId><IsDefaultVersion>false</IsDefaultVersion></member><member>\
    <Document>%7B%22Id%22%3A%22new%22%7D</Document><VersionId>v2</VersionId>\
    <IsDefaultVersion>true</IsDefaultVersion></member></PolicyVersionList></member>";

const AWS_POLICIES: &str = "<member><PolicyName>ReadOnlyAccess</PolicyName>\
    <Arn>arn:aws:iam::aws:policy/ReadOnlyAccess</Arn><DefaultVersionId>v1</DefaultVersionId>\
    <PolicyVersionList><member><Document>%7B%7D</Document><VersionId>v1</VersionId>\
    <IsDefaultVersion>true</IsDefaultVersion></member></PolicyVersionList></member><member>\
    <PolicyName>PowerUserAccess</PolicyName><Arn>arn:aws:iam::aws:policy/PowerUserAccess</Arn>\
    <DefaultVersionId>v1</DefaultVersionId><PolicyVersionList><member><Document>%7B%7D</Document>\
    <VersionId>v1</VersionId><IsDefaultVersion>true</IsDefaultVersion></member>\
    </PolicyVersionList></member><member><PolicyName>AdministratorAccess</PolicyName>\
    <Arn>arn:aws:iam::aws:policy/AdministratorAccess</Arn></member>";

pub(super) const COLUMNS: &str = "user,arn,user_creation_time,password_enabled,password_last_used,\
    password_last_changed,password_next_rotation,mfa_active,access_key_1_active,\
    access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,\
    access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,\
    access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,\
    cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

pub(super) const ROOT_ROW: &str = "<root_account>,arn:aws:iam::111122223333:root,\
    2024-01-01T00:00:00+00:00,not_supported,2026-01-01T00:00:00+00:00,not_supported,not_supported,\
    true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A";

pub(super) const BOB_ROW: &str = "bob,arn:aws:iam::111122223333:user/team/bob,\
    2025-01-02T03:04:05+00:00,true,no_information,2025-01-02T03:04:05Z,N/A,true,true,\
    2025-05-05T00:00:00+00:00,2026-02-02T10:00:00+00:00,eu-west-1,s3,false,\
    2025-06-06T00:00:00+00:00,N/A,N/A,N/A,true,2025-01-01T00:00:00+00:00,false,N/A";

pub(super) fn body(name: &str) -> &'static str {
    match name {
        "GenerateCredentialReport" => "<State>COMPLETE</State>",
        "GetAccountSummary" => {
            "<SummaryMap><entry><key>Users</key><value>1</value></entry>\
             <entry><key>AccountMFAEnabled</key><value>1</value></entry>\
             <entry><key>AccountAccessKeysPresent</key><value>0</value></entry>\
             <entry><key>AccountPasswordPresent</key><value>1</value></entry></SummaryMap>"
        }
        "GetAccountPasswordPolicy" => {
            "<PasswordPolicy><MinimumPasswordLength>14</MinimumPasswordLength>\
             <RequireSymbols>true</RequireSymbols><RequireNumbers>false</RequireNumbers>\
             <RequireUppercaseCharacters>true</RequireUppercaseCharacters>\
             <RequireLowercaseCharacters>true</RequireLowercaseCharacters>\
             <AllowUsersToChangePassword>true</AllowUsersToChangePassword>\
             <ExpirePasswords>true</ExpirePasswords><MaxPasswordAge>90</MaxPasswordAge>\
             <PasswordReusePrevention>24</PasswordReusePrevention></PasswordPolicy>"
        }
        "ListVirtualMFADevices" => {
            "<IsTruncated>false</IsTruncated><VirtualMFADevices><member>\
             <SerialNumber>arn:aws:iam::111122223333:mfa/bob</SerialNumber>\
             <EnableDate>2025-02-02T00:00:00Z</EnableDate><User><Path>/team/</Path>\
             <UserName>bob</UserName><UserId>AIDAB</UserId>\
             <Arn>arn:aws:iam::111122223333:user/team/bob</Arn>\
             <CreateDate>2025-01-02T03:04:05Z</CreateDate></User></member><member>\
             <SerialNumber>arn:aws:iam::111122223333:mfa/spare</SerialNumber></member>\
             </VirtualMFADevices>"
        }
        "ListMFADevices" => {
            "<IsTruncated>false</IsTruncated><MFADevices><member><UserName>bob</UserName>\
             <SerialNumber>GAHT12345678</SerialNumber><EnableDate>2025-02-02T00:00:00Z</EnableDate>\
             </member></MFADevices>"
        }
        "ListOpenIDConnectProviders" => {
            "<OpenIDConnectProviderList><member>\
             <Arn>arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com</Arn>\
             </member></OpenIDConnectProviderList>"
        }
        "GetOpenIDConnectProvider" => {
            "<Url>token.actions.githubusercontent.com</Url><ClientIDList>\
             <member>sts.amazonaws.com</member></ClientIDList><ThumbprintList>\
             <member>6938fd4d98bab03faadb97b34396831e3780aea1</member></ThumbprintList>"
        }
        "ListSAMLProviders" => {
            "<SAMLProviderList><member><Arn>arn:aws:iam::111122223333:saml-provider/idp</Arn>\
             <ValidUntil>2030-01-01T00:00:00Z</ValidUntil></member></SAMLProviderList>"
        }
        "ListServerCertificates" => {
            "<IsTruncated>false</IsTruncated><ServerCertificateMetadataList><member><Path>/</Path>\
             <ServerCertificateName>old</ServerCertificateName>\
             <ServerCertificateId>ASCA</ServerCertificateId>\
             <Arn>arn:aws:iam::111122223333:server-certificate/old</Arn>\
             <Expiration>2025-12-31T00:00:00Z</Expiration></member></ServerCertificateMetadataList>"
        }
        "ListOrganizationsFeatures" => {
            "<OrganizationId>o-1</OrganizationId><EnabledFeatures>\
             <member>RootCredentialsManagement</member></EnabledFeatures>"
        }
        "GenerateServiceLastAccessedDetails" => "<JobId>job</JobId>",
        "GetServiceLastAccessedDetails" => {
            "<JobStatus>COMPLETED</JobStatus><JobCreationDate>2026-03-01T00:00:00Z</JobCreationDate>\
             <JobCompletionDate>2026-03-01T00:00:01Z</JobCompletionDate><ServicesLastAccessed>\
             <member><ServiceName>Amazon S3</ServiceName><ServiceNamespace>s3</ServiceNamespace>\
             <LastAuthenticated>2026-02-01T00:00:00Z</LastAuthenticated></member><member>\
             <ServiceName>AWS IAM</ServiceName><ServiceNamespace>iam</ServiceNamespace></member>\
             </ServicesLastAccessed><IsTruncated>false</IsTruncated>"
        }
        other => unimplemented!("{other}"),
    }
}
