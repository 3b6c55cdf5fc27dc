//! What saves every module of facts from writing the same lines again.

/// A fact of one answer, with the action that it comes from.
macro_rules! fact {
    ($name:ident, $action:literal) => {
        impl $crate::Fact for $name {
            const ACTION: $crate::Action = $crate::Action::new($action);
        }
    };
}

/// A value of AWS's that may grow: the spellings we know, and whatever else AWS says.
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)+
            /// A value that this version does not know.
            #[serde(untagged)]
            Other(String),
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl $name {
            /// The value as AWS spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }
    };
}

/// A resource of one region, by its ARN and id, with the action of its listing.
macro_rules! regional {
    ($name:ident, $action:literal) => {
        fact!($name, $action);

        impl $crate::Resource for $name {
            fn arn(&self) -> &$crate::Arn {
                &self.arn
            }

            fn name(&self) -> &str {
                &self.id
            }

            fn place(&self) -> $crate::Place<'_> {
                $crate::Place::Region(&self.region)
            }

            fn tags(&self) -> std::collections::BTreeMap<String, String> {
                self.tags.clone()
            }
        }
    };
}

/// A resource of one region, by its ARN and name, with the action of its listing, its kind in CloudFormation's spelling, and
/// where it has them its tags.
macro_rules! named {
    ($name:ident, $action:literal, $kind:literal $(, |$own:ident| $tags:expr)?) => {
        $crate::macros::fact!($name, $action);

        impl $crate::Resource for $name {
            fn arn(&self) -> &$crate::Arn {
                &self.arn
            }

            fn name(&self) -> &str {
                &self.name
            }

            fn place(&self) -> $crate::Place<'_> {
                $crate::Place::Region(&self.region)
            }

            fn kind(&self) -> Option<&'static str> {
                Some($kind)
            }
            $(
                fn tags(&self) -> std::collections::BTreeMap<String, String> {
                    let $own = self;
                    $tags
                }
            )?
        }
    };
}

pub(crate) use {fact, named, open_enum, regional};
