import HTTP
import TestSupport

@testable import S3

/// A small, seeded generator (G. Steele et al., "Fast splittable pseudorandom number generators", 2014): a failing seed can be run again.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// A request of every odd kind that S3 knows.
struct RandomRequest: Sendable {
    let method: HTTPMethod
    let base: String
    let key: String
    let query: [(String, String)]
    let headers: [(String, String)]
    let payload: String
    let credentials: Credentials
    let time: Int64
    let region: String
    let expires: Int?

    init(_ random: inout SplitMix64) {
        method = Bool.random(using: &random) ? .get : Bool.random(using: &random) ? .put : .delete
        base =
            [
                "https://photos.s3.eu-west-1.amazonaws.com/", "http://127.0.0.1:9000/photos/", "https://s3.example.com:443/a.b/",
                "http://[::1]:8080/x/y/bucket/",
            ].randomElement(using: &random) ?? ""
        key = Self.text(&random, 0...24, alphabet: Self.anything)
        let isPresigned = Int.random(in: 0..<4, using: &random) == 0
        let query = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            (Self.text(&random, 1...8, alphabet: Self.anything), Self.text(&random, 0...12, alphabet: Self.anything))
        }
        // botocore keeps only the first of several parameters of a name when it presigns.
        var names: Set<String> = []
        self.query = query.filter { names.insert($0.0).inserted || !isPresigned }
        headers = (0..<Int.random(in: 0...5, using: &random)).map { _ in
            let name =
                ["Content-Type", "cache-control", "X-Amz-Meta-A", "x-amz-meta-b", "x-amz-acl", "Content-MD5", "x-amz-meta-", "Range"]
                .randomElement(using: &random) ?? ""
            return (name, Self.text(&random, 1...20, alphabet: Self.printable))
        }
        payload = isPresigned || Bool.random(using: &random) ? "UNSIGNED-PAYLOAD" : Self.text(&random, 64...64, alphabet: Self.hex)
        credentials = Credentials(
            accessKeyID: Self.text(&random, 1...20, alphabet: Self.word),
            secretAccessKey: Self.text(&random, 1...100, alphabet: Self.printable),
            sessionToken: Bool.random(using: &random) ? Self.text(&random, 1...200, alphabet: Self.word + ["/", "+", "="]) : nil)
        time = Int64.random(in: 0...4_102_444_800, using: &random)
        region = Self.text(&random, 1...12, alphabet: Self.word)
        expires = isPresigned ? Int.random(in: 1...604_800, using: &random) : nil
    }

    /// The question put to botocore.
    var json: JSON {
        func encoded(_ text: String) -> JSON { .string(base64([UInt8](text.utf8))) }
        var members: [String: JSON] = [
            "method": .string(method.rawValue), "base": .string(base), "key": encoded(key),
            "query": .array(query.map { .array([encoded($0.0), encoded($0.1)]) }),
            "headers": .array(headers.map { .array([.string($0.0), .string($0.1)]) }), "payload": .string(payload),
            "access": .string(credentials.accessKeyID), "secret": .string(credentials.secretAccessKey),
            "token": credentials.sessionToken.map(JSON.string) ?? .null, "time": .integer(Int(time)), "region": .string(region),
        ]
        if let expires { members["expires"] = .integer(expires) }
        return .object(members)
    }

    private static let printable = (0x20...0x7e).compactMap { Unicode.Scalar($0) }
    private static let hex = Array("0123456789abcdef".unicodeScalars)
    private static let word = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-".unicodeScalars)
    /// Much ASCII, some of every length of UTF-8, and slashes, dots and percent signs more often than their share.
    private static let anything =
        (0x01...0x7f).compactMap { Unicode.Scalar($0) } + Array("é\u{301}ß中😀\u{10ffff}\u{85}\u{a0}\u{3000}\u{ffff}".unicodeScalars)
        + Array("/////....%%%+++  ~~".unicodeScalars)

    private static func text(_ random: inout SplitMix64, _ length: ClosedRange<Int>, alphabet: [Unicode.Scalar]) -> String {
        var result = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: length, using: &random) { result.append(alphabet.randomElement(using: &random) ?? "x") }
        return String(result)
    }
}
