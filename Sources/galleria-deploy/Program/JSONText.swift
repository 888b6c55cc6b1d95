internal import Foundation

/// JSON as all commands print it: names sorted and in snake case, slashes as they are.
enum JSONText {
    /// A document for people to read, too: indented.
    static func document(_ value: some Encodable) throws -> String {
        try text(value, [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
    }

    /// One line.
    static func line(_ value: some Encodable) throws -> String { try text(value, [.sortedKeys, .withoutEscapingSlashes]) }

    private static func text(_ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = formatting
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
