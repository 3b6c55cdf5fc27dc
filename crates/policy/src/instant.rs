//! Dates as conditions write them: the W3C profile of ISO 8601, or seconds since 1970.

/// Milliseconds since the first of January 1970, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(pub i64);

impl Instant {
    /// Reads `2015-01-01T00:00:00Z` and its shorter and longer forms, or a number of seconds.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 4
            && let Ok(seconds) = text.parse::<i64>()
        {
            return seconds.checked_mul(1000).map(Self);
        }
        let (date, time) =
            text.split_once(['T', 't']).map_or((text, None), |(date, time)| (date, Some(time)));
        let mut fields = date.splitn(3, '-');
        let year = number(fields.next()?, 4)?;
        let month = fields.next().map_or(Some(1), |field| number(field, 2))?;
        let day = fields.next().map_or(Some(1), |field| number(field, 2))?;
        let days = days_from_civil(year, month, day)?;
        let millis = time.map_or(Some(0), time_of_day)?;
        Some(Self(days * 86_400_000 + millis))
    }

    /// The instant as the request context carries it.
    pub fn text(self) -> String {
        let days = self.0.div_euclid(86_400_000);
        let (year, month, day) = civil_from_days(days);
        let second = self.0.rem_euclid(86_400_000) / 1000;
        format!(
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
            second / 3600,
            second / 60 % 60,
            second % 60
        )
    }
}

fn number(text: &str, digits: usize) -> Option<i64> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff` with `Z` or an offset, as milliseconds.
fn time_of_day(text: &str) -> Option<i64> {
    let (clock, offset) = if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        (clock, 0)
    } else if let Some(at) = text.rfind(['+', '-']) {
        let (clock, zone) = text.split_at_checked(at)?;
        let (hours, minutes) = zone.get(1..)?.split_once(':')?;
        let minutes = number(hours, 2)? * 60 + number(minutes, 2)?;
        (clock, if zone.starts_with('-') { -minutes } else { minutes })
    } else {
        (text, 0)
    };
    let mut fields = clock.splitn(3, ':');
    let hours = number(fields.next()?, 2).filter(|hours| *hours < 24)?;
    let minutes = number(fields.next()?, 2).filter(|minutes| *minutes < 60)?;
    let (seconds, millis) = match fields.next() {
        None => (0, 0),
        Some(field) => {
            let (seconds, fraction) = field.split_once('.').unwrap_or((field, "0"));
            let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
            (number(seconds, 2).filter(|seconds| *seconds <= 60)?, number(&fraction, 3)?)
        }
    };
    Some(((hours * 60 + minutes - offset) * 60 + seconds) * 1000 + millis)
}

/// Days since 1970 of a date of the Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(())?;
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_dates() {
        let year = Instant::parse("2015-01-01T00:00:00Z");
        assert_eq!(year, Some(Instant(1_420_070_400_000)));
        for text in [
            "2015",
            "2015-01",
            "2015-01-01",
            "1420070400",
            "2015-01-01T01:00+01:00",
            "2015-01-01T00:00:00.000Z",
        ] {
            assert_eq!(Instant::parse(text), year, "{text}");
        }
        for text in ["", "soon", "2015-13-01", "2015-01-01T25:00Z", "2015-01-01T", "20150"] {
            assert!(Instant::parse(text) != year, "{text}");
        }
        assert_eq!(Instant(1_420_070_400_000).text(), "2015-01-01T00:00:00Z");
        assert_eq!(
            Instant::parse("2000-02-29").map(Instant::text).as_deref(),
            Some("2000-02-29T00:00:00Z")
        );
    }
}
