import Foundation

/// A region of the IANA time-zone database, such as Europe/Stockholm, that knows the offset of every local time.
public struct RegionZone: Sendable, Hashable {
    /// The IANA name as given.
    public let identifier: String
    private let zone: TimeZone

    /// Creates a zone from a region's name (`Area/Place`, links such as Europe/Kiev included) or `UTC`; nil for
    /// anything else. Foundation also takes abbreviations and POSIX forms (EST, GMT+2, Etc/GMT+2, SystemV/EST5), which
    /// name no region, and whose sign is the opposite of what people mean: they are refused here.
    public init?(identifier: String) {
        let area = identifier.prefix { $0 != "/" }
        guard identifier == "UTC" || identifier == "Etc/UTC" || (Self.areas.contains(String(area)) && area.count < identifier.count),
            let zone = TimeZone(identifier: identifier)
        else { return nil }
        self.identifier = identifier
        self.zone = zone
    }

    private static let areas: Set<String> = [
        "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
        // Links that the tz database keeps for old names ("backward").
        "Brazil", "Canada", "Chile", "Mexico", "US",
    ]

    /// The release of the IANA data in use, such as "2025b". It is part of the recipe, and this reference keeps
    /// Foundation's zone data in a statically linked build, where it silently vanishes otherwise.
    public static var dataVersion: String { TimeZone.timeZoneDataVersion }

    /// How the offset of a local time was found.
    public enum Fit: Sendable, Hashable {
        /// The local time exists once.
        case exact
        /// Clocks skipped this local time in spring: the digits stay, and the offset before the gap is used.
        case gap
        /// Clocks showed this local time twice in autumn: the earlier showing is meant.
        case repeated
    }

    /// The offset in force at a local time, in seconds east of UTC, and how it was found.
    ///
    /// In a gap and in a repeated hour both answers are the offset in force before the change: the gap's digits belong to a
    /// clock that was not yet moved, and of two showings the earlier one is taken.
    public func offset(at local: CaptureTime) -> (seconds: Int, fit: Fit) {
        // Rules change at most once within two days, so a day before and a day after enclose one change at most.
        let before = seconds(utc: local.seconds - 86_400 - 50_400)
        let after = seconds(utc: local.seconds + 86_400 + 50_400)
        let early = local.seconds - Int64(before)
        guard before != after else {
            // A zone that returns to the same offset within three days does not exist; a plain check costs nothing.
            return (before, .exact)
        }
        let late = local.seconds - Int64(after)
        switch (seconds(utc: early) == before, seconds(utc: late) == after) {
        case (true, true): return (before, .repeated)
        case (true, false): return (before, .exact)
        case (false, true): return (after, .exact)
        case (false, false): return (before, .gap)
        }
    }

    /// Seconds east of UTC in force at a moment of UTC (seconds since 1970).
    func seconds(utc: Int64) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc)))
    }

    /// Zones are equal where their names are.
    public static func == (a: RegionZone, b: RegionZone) -> Bool { a.identifier == b.identifier }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}
