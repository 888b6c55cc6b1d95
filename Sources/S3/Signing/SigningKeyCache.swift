internal import Digest
internal import Synchronization
internal import Vocabulary

/// A signing key with the credential scope it belongs to.
final class SigningKey: Sendable {
    /// `20150830/us-east-1/s3/aws4_request`.
    let scope: String
    private let code: HMACSHA256

    /// Derives the key (AWS General Reference, "Calculate the signature": four chained HMACs).
    init(secret: String, day: String, region: String, service: String) {
        scope = day + "/" + region + "/" + service + "/aws4_request"
        var key = [UInt8]("AWS4".utf8) + secret.utf8
        for part in [day, region, service, "aws4_request"] { key = HMACSHA256.authenticate([UInt8](part.utf8), key: key).bytes }
        code = HMACSHA256(key: key)
    }

    /// The signature of a string to sign: 64 hexadecimal digits.
    func signature(of stringToSign: [UInt8]) -> String { code.authenticate(stringToSign).hex }
}

/// The last few signing keys: one is derived per secret, day, region and service, not per request.
final class SigningKeyCache: Sendable {
    private struct Entry {
        let secret: String
        let day: String
        let region: String
        let service: String
        let key: SigningKey
    }

    private let entries = Mutex<[Entry]>([])
    private let capacity: Int

    /// A cache of at most `capacity` keys; the one derived first makes room. A run over midnight, or two regions, needs no more than four.
    init(capacity: Int = 4) { self.capacity = capacity }

    /// The key, derived where it is not at hand.
    func key(secret: String, day: Substring, region: String, service: String) -> SigningKey {
        entries.withLock { entries in
            if let found = entries.last(where: { $0.day == day && $0.secret == secret && $0.region == region && $0.service == service }) {
                return found.key
            }
            let day = String(day)
            let key = SigningKey(secret: secret, day: day, region: region, service: service)
            if entries.count >= capacity { entries.removeFirst() }
            entries.append(Entry(secret: secret, day: day, region: region, service: service, key: key))
            return key
        }
    }

    /// How many keys are held.
    var count: Int { entries.withLock { $0.count } }
}
