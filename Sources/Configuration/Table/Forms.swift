internal import Photo
internal import Planning
internal import S3
internal import Vocabulary

// The forms of the values that settings have. Each is read by the value's own reader, whose words stand in the error.

extension Form where Value == String {
    /// Text without any meaning of its own.
    static func text(_ what: String) -> Form {
        Form(
            .text(what),
            parse: { text throws(BadValue) in
                guard text.contains(where: { $0 != " " }) else {
                    throw BadValue("the value is empty. Write \(what), or leave the setting out.")
                }
                return text
            })
    }

    /// A path. In the file relative ones start at the file; elsewhere they start at the working folder.
    static func path(_ what: String) -> Form {
        Form(
            shape: .text(what),
            parse: { text throws(BadValue) in text },
            text: { [$0] },
            read: { node, key, reader in reader.path(node, key, expected: what) })
    }

    /// A destination, kept as text because the place is resolved from all sources at once.
    static let destination = Form(
        .text("a bucket and a folder, s3://BUCKET[/PREFIX]"),
        parse: { text throws(BadValue) in
            _ = try BadValue.wrap { () throws(BucketAddressError) in try BucketAddress(destination: text) }
            return text
        })

    /// A store's address.
    static let endpoint = Form(
        .text("a store's address"),
        parse: { text throws(BadValue) in
            _ = try BadValue.wrap { () throws(EndpointError) in try Endpoint(parsing: text) }
            return text
        })

    /// An address that browsers open; without a slash at its end.
    static func address(_ what: String) -> Form {
        Form(
            .text(what),
            parse: { text throws(BadValue) in
                guard let address = PublicAddress(text) else {
                    throw BadValue("“\(text)” is no address. Write one such as https://photos.example.com, without a query.")
                }
                return address.text
            })
    }

    /// `*`, or what a browser sends as its origin (Fetch Standard, "Origin header": scheme, host and port, no path).
    static let origin = Form(
        .text("an origin such as https://example.com, or *"),
        parse: { text throws(BadValue) in
            // One star may stand for a part of it (Amazon S3 API Reference, CORSRule: AllowedOrigins).
            let sample = text.firstIndex(of: "*").map { text.replacingCharacter(at: $0, with: "any") } ?? text
            guard text == "*" || PublicAddress(sample)?.isOrigin == true else {
                throw BadValue("“\(text)” is no origin. Write scheme and host, such as https://example.com, or * for any.")
            }
            return text
        })
}

extension Form where Value == PingAddress {
    /// An address that is not repeated, neither in an error nor in what is shown of the settings.
    static let ping = Form(
        .text("an address such as https://hc-ping.com/UUID"),
        parse: { text throws(BadValue) in
            guard let address = PingAddress(text) else {
                throw BadValue(
                    "it is no address (not repeated here, because it may be a secret). Write one such as https://hc-ping.com/UUID.")
            }
            return address
        })
}

extension Form where Value == Bool {
    /// Only these two words: `yes`, `on` and `1` are refused rather than guessed at.
    static let boolean = Form(
        .boolean,
        parse: { text throws(BadValue) in
            switch text {
            case "true": return true
            case "false": return false
            default: throw BadValue("“\(text)” is neither true nor false.")
            }
        })
}

extension Form where Value == Int {
    static func integer(_ range: ClosedRange<Int>) -> Form {
        Form(
            .integer(range),
            parse: { text throws(BadValue) in
                guard !text.isEmpty, text.utf8.allSatisfy({ 48...57 ~= $0 }), let number = Int(text), range.contains(number) else {
                    throw BadValue("“\(text)” is no number from \(range.lowerBound) to \(range.upperBound).")
                }
                return number
            })
    }
}

extension Form where Value == JobLimit {
    /// A number of requests, or `auto`.
    static let jobs = Form(
        .integerOr("auto", JobLimit.range),
        parse: { text throws(BadValue) in
            guard let limit = JobLimit(text) else {
                throw BadValue("“\(text)” is no number from \(JobLimit.range.lowerBound) to \(JobLimit.range.upperBound), nor auto.")
            }
            return limit
        })
}

extension Form where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words of an enumeration.
    static var choice: Form {
        let words = Value.allCases.map(\.rawValue)
        return Form(
            .choice(words),
            parse: { text throws(BadValue) in
                guard let value = Value(rawValue: text) else {
                    let nearest = NearestName.nearest(to: text, among: words).map { " Did you mean “\($0)”?" } ?? ""
                    throw BadValue("“\(text)” is none of \(words.joined(separator: ", ")).\(nearest)")
                }
                return value
            }, text: \.rawValue)
    }
}

extension Form where Value == Duration {
    /// A length of time; none at all is refused, which would let nothing ever succeed.
    static let duration = Form(
        .text("a length of time such as 30s, 10m or 1h30m"),
        parse: { text throws(BadValue) in
            guard let duration = Duration(text: text), duration > .zero else {
                throw BadValue("“\(text)” is no length of time. Write one such as 30s, 10m or 1h30m.")
            }
            return duration
        }, text: \.text)
}

extension Form where Value == PlanLimit {
    static let planLimit = Form(
        .text("a number, or a share such as 40%"),
        parse: { text throws(BadValue) in
            guard let limit = PlanLimit(text) else { throw BadValue("“\(text)” is neither a number nor a share such as 40%.") }
            return limit
        },
        text: { limit in
            switch limit {
            case .standard: SettingTable.standardDeleteLimit
            case .count(let count): "\(count)"
            case .percent(let share): share == share.rounded() ? "\(Int(share))%" : "\(share)%"
            }
        })
}

extension Form where Value == ByteSize {
    /// A number of bytes a second.
    static let rate = Form(
        .text("a number of KiB, or one with a unit such as 1.5M"),
        parse: { text throws(BadValue) in
            guard let size = ByteSize(text, unit: 1024) else { throw BadValue("“\(text)” is no amount of data such as 500 (KiB) or 1.5M.") }
            return size
        }, text: { $0.bytes == 0 ? "0" : "\($0.bytes)B" })

    /// A number of bytes of a range.
    static func size(_ range: ClosedRange<Int64>) -> Form {
        Form(
            .text("an amount of data such as 16M or 64MB"),
            parse: { text throws(BadValue) in
                guard let size = ByteSize(text) else { throw BadValue("“\(text)” is no amount of data such as 16M or 64MB.") }
                guard range.contains(size.bytes) else {
                    throw BadValue("“\(text)” is not from \(range.lowerBound) to \(range.upperBound) bytes.")
                }
                return size
            })
    }
}

extension Form where Value == ClockShift {
    static let clockShift = Form(
        .text("a clock shift such as -4h, 1d2h, -90m or +00:00:30"),
        parse: { text throws(BadValue) in
            try BadValue.wrap { () throws(TimeSyntaxError) in try ClockShift(parsing: text) }
        })
}

extension Form where Value == CaptureZone {
    static let zone = Form(
        .text("keep, an offset such as +02:00, or a zone such as Europe/Stockholm"),
        parse: { text throws(BadValue) in
            try BadValue.wrap { () throws(TimeSyntaxError) in try CaptureZone(parsing: text) }
        })

    /// The zone of a camera's clock, which can only be known.
    static let cameraZone = Form(
        .text("an offset such as +02:00, or a zone such as Europe/Stockholm"),
        parse: { text throws(BadValue) in
            let zone = try BadValue.wrap { () throws(TimeSyntaxError) in try CaptureZone(parsing: text) }
            guard zone != .keep else {
                throw BadValue("“keep” is no zone that a clock can be set to. Name the zone, or leave the setting out.")
            }
            return zone
        })
}

extension Form where Value == CaptureTime {
    static func bound(upper: Bool) -> Form {
        Form(
            .text("a time such as 2024-06-15 10:30:45, or a day"),
            parse: { text throws(BadValue) in
                try BadValue.wrap { () throws(TimeSyntaxError) in try CaptureTime(parsingBound: text, upper: upper) }
            })
    }
}

extension Form where Value == CaptureCorrection.OffsetSource {
    static let offsetSource = Form(
        .choice(["gps"]),
        parse: { text throws(BadValue) in
            guard text == "gps" else { throw BadValue("“\(text)” is not gps, the only word that this setting takes.") }
            return .gps
        }, text: { $0 == .gps ? "gps" : "zone" })
}

extension Form where Value == Glob {
    static let glob = Form(
        .text("a pattern such as 2024/**/*.jpg"),
        parse: { text throws(BadValue) in
            try BadValue.wrap { () throws(Glob.SyntaxError) in try Glob(text) }
        })
}

extension Form where Value == FilterRule {
    static let filterRule = Form(
        .text("a pattern such as *.xmp, /drafts/ or !keep.xmp"),
        parse: { text throws(BadValue) in
            do throws(FilterError) { return try FilterRule(setting: "exclude", pattern: text) } catch { throw BadValue(error.problem) }
        },
        text: { ($0.isInclusion ? "!" : "") + $0.glob.pattern })
}

extension Form where Value == ByteSize {
    static let byteSize = Form(
        .text("a size such as 500, 10K, 1.5M or 2GiB"),
        parse: { text throws(BadValue) in
            guard let size = ByteSize(text) else { throw BadValue("“\(text)” is no size. Write one such as 500, 10K, 1.5M or 2GiB.") }
            return size
        })
}

extension Form where Value == [RuleValues] {
    static let rules = Form(
        shape: .records(SettingTable.rules.map(\.facts)), parse: nil,
        text: { rules in rules.map { rule in SettingTable.line(of: rule) } }
    ) { node, key, reader in
        guard case .list(let items) = node.content else {
            reader.note(node.position, .wrongType(key, expected: "a list of rules, each beginning with “- ”", found: node.kind))
            return nil
        }
        return items.map { item in
            var rule = RuleValues()
            rule.position = item.position
            _ = reader.group(
                item, rows: SettingTable.ruleRows, into: &rule, elsewhere: (SettingTable.names, "the target or the file's top level"))
            if let from = rule.from, let until = rule.until, until < from {
                reader.note(item.position, .contradiction("this rule ends (until: \(until)) before it begins (from: \(from))."))
            }
            return rule
        }
    }
}

extension String {
    fileprivate func replacingCharacter(at index: Index, with text: String) -> String {
        self[..<index] + text + self[self.index(after: index)...]
    }
}
