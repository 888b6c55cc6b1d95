internal import FoundationEssentials
public import Vocabulary

/// CORS rules in the JSON form of AWS's command line, `{"CORSRules": [ … ]}` (`aws s3api get-bucket-cors`); the console's bare array is read too.
public enum CORSJSON {
    /// The document, indented, with AWS's names in AWS's order.
    public static func render(_ rules: [CORSRule]) -> String {
        let objects = rules.map { rule in
            var members: [String] = []
            func add(_ name: String, _ values: [String]) {
                if !values.isEmpty { members.append("\"\(name)\": [\(values.map(quoted).joined(separator: ", "))]") }
            }
            if let id = rule.id { members.append("\"ID\": \(quoted(id))") }
            add("AllowedHeaders", rule.allowedHeaders)
            add("AllowedMethods", rule.allowedMethods)
            add("AllowedOrigins", rule.allowedOrigins)
            add("ExposeHeaders", rule.exposeHeaders)
            if let age = rule.maxAgeSeconds { members.append("\"MaxAgeSeconds\": \(age)") }
            return "    {\n      " + members.joined(separator: ",\n      ") + "\n    }"
        }
        return objects.isEmpty ? "{\n  \"CORSRules\": []\n}\n" : "{\n  \"CORSRules\": [\n" + objects.joined(separator: ",\n") + "\n  ]\n}\n"
    }

    /// Parses either form and checks the rules. A name that is none of AWS's is an error: a misspelt `AllowedOrigin` must not vanish.
    public static func parse(_ bytes: [UInt8]) throws(CORSDocumentError) -> [CORSRule] {
        let rules: [CORSRule]
        do {
            rules = try JSONDecoder().decode(Document.self, from: Data(bytes)).rules
        } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
            throw .notJSON
        } catch let error as DecodingError {
            throw .shape(path(of: error))
        } catch {
            throw .notJSON
        }
        for (index, rule) in rules.enumerated() {
            if let fault = CORSRuleFault(rule) { throw .rule(CORSRuleName(number: index + 1, id: rule.id), fault) }
        }
        guard rules.count <= CORSMerge.maximumRules else { throw .tooMany(rules.count) }
        return rules
    }

    private static func path(of error: DecodingError) -> String {
        let keys: [any CodingKey] =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): context.codingPath
            case .keyNotFound(let key, let context): context.codingPath + [key]
            @unknown default: []
            }
        return keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..<" ", "\u{7f}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private struct Document: Decodable {
        let rules: [CORSRule]

        init(from decoder: any Decoder) throws {
            if var list = try? decoder.unkeyedContainer() {
                var rules: [CORSRule] = []
                while !list.isAtEnd { rules.append(try list.decode(Rule.self).rule) }
                self.rules = rules
            } else {
                let object = try decoder.container(keyedBy: Name.self)
                try Name.check(object.allKeys, against: ["CORSRules"], at: decoder.codingPath)
                rules = try object.decode([Rule].self, forKey: Name("CORSRules")).map(\.rule)
            }
        }
    }

    private struct Rule: Decodable {
        let rule: CORSRule

        init(from decoder: any Decoder) throws {
            let object = try decoder.container(keyedBy: Name.self)
            try Name.check(
                object.allKeys,
                against: ["ID", "AllowedHeaders", "AllowedMethods", "AllowedOrigins", "ExposeHeaders", "MaxAgeSeconds"],
                at: decoder.codingPath)
            func list(_ name: String) throws -> [String] { try object.decodeIfPresent([String].self, forKey: Name(name)) ?? [] }
            rule = CORSRule(
                id: try object.decodeIfPresent(String.self, forKey: Name("ID")), allowedOrigins: try list("AllowedOrigins"),
                allowedMethods: try list("AllowedMethods"), allowedHeaders: try list("AllowedHeaders"),
                exposeHeaders: try list("ExposeHeaders"), maxAgeSeconds: try object.decodeIfPresent(Int.self, forKey: Name("MaxAgeSeconds"))
            )
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }

        static func check(_ keys: [Name], against known: Set<String>, at path: [any CodingKey]) throws {
            for key in keys where !known.contains(key.stringValue) {
                throw DecodingError.keyNotFound(key, DecodingError.Context(codingPath: path, debugDescription: "unknown"))
            }
        }
    }
}
