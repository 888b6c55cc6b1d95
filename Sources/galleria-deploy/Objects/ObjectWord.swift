internal import S3
internal import Vocabulary

/// A word that names an object.
///
/// | the word | the object |
/// |---|---|
/// | `s3://BUCKET/KEY` | that key, literally |
/// | `https://…` | the one behind that address: below public-url or cdn-url, or at the store in either style; a query is no part of it |
/// | anything else | that path below the folder of the target |
enum ObjectWord: Hashable {
    case address(ObjectAddress)
    case url(String)
    case path(String)

    init(_ word: String) throws {
        let lower = word.lowercased()
        if lower.hasPrefix("s3://") {
            do throws(BucketAddressError) { self = .address(try ObjectAddress(parsing: word)) } catch {
                throw Fault(.usage, error.description)
            }
        } else if lower.hasPrefix("https://") || lower.hasPrefix("http://") {
            self = .url(word)
        } else {
            self = .path(word)
        }
    }
}

extension BucketSession {
    /// Connects to the bucket in which the objects lie that `words` name, and calls `body`.
    static func run(
        _ arguments: ObjectArguments, on words: [ObjectWord], _ console: Console, jobs: JobLimit? = nil,
        _ body: (BucketSession) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let buckets = Set(words.compactMap { word in if case .address(let address) = word { address.bucket } else { nil } })
        guard buckets.count < 2 else {
            throw Fault(
                .usage, "the words name objects of several buckets (\(buckets.sorted().joined(separator: ", "))); one command works in one."
            )
        }
        var fallback: String?
        if case .url(let url)? = words.first, let parsed = try? ObjectURL(parsing: url) {
            fallback = parsed.endpoint.url(bucket: parsed.bucket)
        }
        let place = arguments.target ?? buckets.first.map { "s3://" + $0 }
        return try await run(arguments.bucket, place, console, jobs: jobs, adoptsTarget: true, fallback: fallback, body)
    }

    /// The whole key that a word names.
    func key(of word: ObjectWord) throws -> Key {
        let key: Key
        switch word {
        case .address(let named):
            guard named.bucket == address.bucket else {
                throw Fault(.usage, "\("\(named)".escapedForTerminal) is not in \(address), where this command works.")
            }
            key = named.key
        case .path(let path): key = address.prefix.key(for: Key(path))
        case .url(let url): key = try self.key(at: url)
        }
        guard !key.bytes.isEmpty, key.bytes != address.prefix.bytes || word.isAddress else {
            throw Fault(.usage, "the bucket \(address.bucket) is named, and a key in it is meant. Say s3://\(address.bucket)/KEY.")
        }
        guard key.bytes.count <= Key.maximumLength else {
            throw Fault(.usage, "the key is \(key.bytes.count) bytes long and S3 allows \(Key.maximumLength). Shorten it.")
        }
        return key
    }

    private func key(at url: String) throws -> Key {
        for address in visitorAddresses {
            if let path = address.path(of: url) { return self.address.prefix.key(for: path) }
        }
        let parsed: ObjectURL
        do throws(ObjectURL.Fault) { parsed = try ObjectURL(parsing: url, known: place.endpoint.value) } catch {
            throw Fault(.usage, "\(url.withoutQuery.escapedForTerminal): \(error)")
        }
        guard parsed.bucket == address.bucket else {
            throw Fault(
                .usage,
                "\(url.withoutQuery.escapedForTerminal) is no address of an object in \(address). Say which target it belongs to with --target."
            )
        }
        return parsed.key
    }

    /// A key as the user of this session would name it: below the target's folder where it lies there, else by its whole address.
    func name(of key: Key) -> String {
        guard let path = address.prefix.relative(key), !path.bytes.isEmpty else {
            return "\(ObjectAddress(bucket: address.bucket, key: key))".escapedForTerminal
        }
        return path.string.escapedForTerminal
    }

    /// Where a visitor finds an object: below what the configuration names, else at the store; nil where that answers nobody.
    func url(of key: Key) -> String? {
        if let path = address.prefix.relative(key), let base = visitorAddresses.last { return base.url(of: path) }
        return place.endpoint.value.publicURL(bucket: address.bucket, key: key)
    }
}

extension ObjectWord {
    fileprivate var isAddress: Bool { if case .address = self { true } else { false } }
}

extension String {
    /// An address without its query, which may hold a signature.
    var withoutQuery: String { String(prefix { $0 != "?" && $0 != "#" }) }
}
