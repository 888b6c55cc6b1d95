package import Foundation

/// A bucket as an independent client sees it: boto3, not our code.
package struct RealBucket: Sendable {
    /// Its server.
    package let place: S3Place
    /// Its name.
    package let name: String

    private static let boto = Result { try LineProcess("boto.py") }

    /// One object.
    package struct Object: Sendable, Hashable, Decodable {
        private let key: String
        /// Its size in bytes.
        package let size: Int
        /// Its ETag without quotation marks.
        package let etag: String
        /// Its last modification, as the listing gives it.
        package let modified: String
        /// The SHA-256 of its body, in a snapshot.
        package let sha256: String?
        /// Its Content-Type, in a snapshot.
        package let contentType: String?
        /// Its Cache-Control, in a snapshot.
        package let cacheControl: String?
        /// Its Content-Disposition, in a snapshot.
        package let disposition: String?
        /// How it is encrypted with the store's own keys, in a snapshot; empty where it is not.
        package let encryption: String?
        /// Its Content-Encoding, in a snapshot; empty where it has none.
        package let coding: String?
        /// Its Content-Language, in a snapshot; empty where it has none.
        package let language: String?
        /// Where a static website redirects to, in a snapshot; empty where it does not.
        package let redirect: String?
        /// Its metadata without `x-amz-meta-`, in a snapshot.
        package let metadata: [String: String]?

        /// The UTF-8 bytes of its key.
        package var keyBytes: [UInt8] { [UInt8](Data(base64Encoded: key) ?? Data()) }
        /// Its key as text; never compare keys through it.
        package var keyText: String { String(decoding: keyBytes, as: UTF8.self) }
    }

    /// A CORS rule as boto3 spells it.
    package struct Rule: Sendable, Hashable, Decodable {
        /// The identifier.
        package let ID: String?
        /// Origins.
        package let AllowedOrigins: [String]
        /// Methods.
        package let AllowedMethods: [String]
        /// Request headers.
        package let AllowedHeaders: [String]?
        /// Response headers that a script may read.
        package let ExposeHeaders: [String]?
        /// Seconds.
        package let MaxAgeSeconds: Int?
    }

    /// Makes a bucket with a name of its own.
    package init(on server: S3Server) async throws {
        place = try await server.place
        name = "test-\(UUID().uuidString.lowercased())"
        let _: Nothing = try await ask("make")
    }

    private struct Nothing: Decodable, Sendable {
        init(from decoder: any Decoder) {}
    }

    /// Every object: key, size, ETag, last modified.
    package func listing() async throws -> [Object] { try await ask("listing") }

    /// Every object with its body's hash, its headers and its metadata, in key order: equal snapshots are identical buckets.
    package func snapshot() async throws -> [Object] { try await ask("snapshot") }

    /// The keys, as text, in listing order.
    package func keys() async throws -> [String] { try await listing().map(\.keyText) }

    /// True where the bucket holds exactly these files, byte for byte.
    package func holds(_ files: [String: Data], below prefix: String = "") async throws -> Bool {
        let expected = Dictionary(uniqueKeysWithValues: files.map { (prefix + $0.key, $0.value) })
        guard try await Set(keys()) == Set(expected.keys) else { return false }
        for (key, content) in expected where try await body(key) != [UInt8](content) { return false }
        return true
    }

    /// The body of an object.
    package func body(_ key: String, customerKey: String? = nil) async throws -> [UInt8] {
        var members: [String: JSON] = ["key": Self.encode(key.utf8)]
        if let customerKey { members["customerKey"] = .string(customerKey) }
        let text: String = try await ask("body", members)
        return [UInt8](Data(base64Encoded: text) ?? Data())
    }

    /// The tags of an object.
    package func tags(_ key: String) async throws -> [String: String] { try await ask("tags", ["key": Self.encode(key.utf8)]) }

    /// Gives an object these tags and no others.
    package func setTags(_ key: String, _ tags: [String: String]) async throws {
        let _: Nothing = try await ask("setTags", ["key": Self.encode(key.utf8), "values": .object(tags.mapValues(JSON.string))])
    }

    /// Sets the bucket's policy.
    package func setPolicy(_ document: JSON) async throws { let _: Nothing = try await ask("policy", ["document": document]) }

    /// Has the bucket keep the versions of its objects.
    package func keepVersions() async throws { let _: Nothing = try await ask("keepVersions") }

    /// One object with everything but its body.
    package func object(_ key: String) async throws -> Object { try await ask("read", ["key": Self.encode(key.utf8)]) }

    /// The metadata of an object that an earlier deploy left, as far as anyone looks at it.
    package static let deployed = ["sha256": String(repeating: "0", count: 64)]

    /// Puts an object.
    package func put(
        _ key: String, _ body: String, metadata: [String: String] = [:], contentType: String? = nil, cacheControl: String? = nil,
        acl: String? = nil
    ) async throws {
        try await put(
            key, bytes: [UInt8](body.utf8), metadata: metadata, contentType: contentType, cacheControl: cacheControl, acl: acl)
    }

    /// Puts an object whose content is no text.
    package func put(
        _ key: String, bytes: [UInt8], metadata: [String: String] = [:], contentType: String? = nil, cacheControl: String? = nil,
        acl: String? = nil, coding: String? = nil
    ) async throws {
        var members: [String: JSON] = [
            "key": Self.encode(key.utf8), "body": Self.encode(bytes), "metadata": .object(metadata.mapValues(JSON.string)),
        ]
        for (name, value) in [("contentType", contentType), ("cacheControl", cacheControl), ("acl", acl), ("coding", coding)] {
            if let value { members[name] = .string(value) }
        }
        let _: String = try await ask("put", members)
    }

    /// Puts an object in parts of `partSize` bytes, the last one shorter; answers its ETag.
    @discardableResult
    package func putInParts(_ key: String, _ body: [UInt8], partSize: Int, metadata: [String: String] = [:]) async throws -> String {
        try await ask(
            "multipart",
            [
                "key": Self.encode(key.utf8), "body": Self.encode(body), "partSize": .integer(partSize),
                "metadata": .object(metadata.mapValues(JSON.string)),
            ])
    }

    /// Who may do what with an object: `PERMISSION GROUP-OR-ID`, sorted.
    package func grants(_ key: String) async throws -> [String] { try await ask("grants", ["key": Self.encode(key.utf8)]) }

    /// Removes an object.
    package func delete(_ key: String) async throws { let _: Nothing = try await ask("delete", ["key": Self.encode(key.utf8)]) }

    /// Begins an upload in parts, as another program would, and sends a part where that is asked; its id.
    package func beginUpload(_ key: String, withPart: Bool = false) async throws -> String {
        try await ask(
            "begin", ["key": Self.encode(key.utf8), "part": withPart ? Self.encode([UInt8](repeating: 1, count: 5 << 20)) : .string("")])
    }

    /// The ids of the uploads in parts that are under way.
    package func uploads() async throws -> [String] { try await ask("uploads") }

    /// The CORS rules; none where the bucket has no configuration.
    package func cors() async throws -> [Rule] { try await ask("cors") }

    /// Sets the CORS rules, spelled as boto3 wants them; with none the configuration is deleted.
    package func setCORS(_ rules: [JSON]) async throws { let _: Nothing = try await ask("setCORS", ["rules": .array(rules)]) }

    /// Calls a method of boto3's client on the bucket with arguments in JSON; its answer in JSON, `absent` where there is none.
    @discardableResult
    package func call(_ method: String, _ arguments: String = "{}") async throws -> String {
        try await ask("call", ["method": .string(method), "arguments": .string(arguments)])
    }

    /// Lets everybody read the objects.
    package func publish() async throws { let _: Nothing = try await ask("publish") }

    /// Denies actions on the bucket to everybody, its owner included; everybody may read the objects.
    package func forbid(_ actions: [String]) async throws {
        let _: Nothing = try await ask("forbid", ["actions": .array(actions.map(JSON.string))])
    }

    private static func encode(_ bytes: some Sequence<UInt8>) -> JSON { .string(Data(bytes).base64EncodedString()) }

    private func ask<Value: Decodable & Sendable>(_ operation: String, _ members: [String: JSON] = [:]) async throws -> Value {
        try await Self.boto.get().ask(operation, members.merging(["at": place.json, "bucket": .string(name)]) { $1 })
    }
}
