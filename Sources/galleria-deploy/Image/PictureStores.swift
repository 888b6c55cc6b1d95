internal import Configuration
internal import Foundation
internal import Glibc
internal import HTTP
internal import Digest
internal import S3
internal import Source
internal import Vocabulary

/// What reads and writes files wherever they are: connections to the buckets that were named, and this machine.
struct PictureStores {
    /// What was read.
    struct Content: Sendable {
        let bytes: [UInt8]
        /// Of a file of this machine.
        let status: FileStatus?
    }

    /// No file larger than this is read into memory, in bytes.
    static let largest = 512 << 20

    private let stores: [String: S3Client]

    /// Connects to each bucket among `places`, calls `body`, and closes the connections. Where no bucket is named no configuration is read.
    static func run(
        _ arguments: BucketArguments, _ places: [PicturePlace], _ console: Console, _ body: (PictureStores) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        try await connect(arguments, Array(Set(places.compactMap(\.bucket))).sorted()[...], [:], console, body)
    }

    private static func connect(
        _ arguments: BucketArguments, _ buckets: ArraySlice<String>, _ stores: [String: S3Client], _ console: Console,
        _ body: (PictureStores) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        guard let bucket = buckets.first else { return try await body(PictureStores(stores: stores)) }
        return try await BucketSession.run(arguments, "s3://" + bucket, console) { session in
            var stores = stores
            stores[bucket] = session.store
            return try await connect(arguments, buckets.dropFirst(), stores, console, body)
        }
    }

    /// The whole of a file. A file that changes meanwhile is a fault.
    func read(_ place: PicturePlace) async throws -> Content {
        switch place {
        case .standard: return Content(bytes: try Self.standardInput(), status: nil)
        case .file(let path):
            let photo = try PhotoFile(path)
            try Self.check(photo.file.size)
            let bytes: [UInt8]
            do { bytes = try photo.file.bytes(0..<photo.file.size) } catch { throw Fault(.someFailed, "\(error)") }
            guard photo.file.isUnchanged, bytes.count == photo.file.size else {
                throw Fault(.someFailed, "it changed while it was read; try again when nothing else writes to it.")
            }
            return Content(bytes: bytes, status: photo.file.status)
        case .object(let address):
            do throws(S3Error) {
                return Content(bytes: try await store(address).getObject(address.key, maximumBytes: Self.largest).bytes, status: nil)
            } catch {
                throw Fault(error)
            }
        }
    }

    /// Writes a file whole or not at all.
    func write(_ bytes: [UInt8], to place: PicturePlace, type: String) async throws {
        switch place {
        case .standard: try OutputFile.write(MemoryBytes(bytes), to: "-", notOver: nil)
        case .file(let path): try OutputFile.write(MemoryBytes(bytes), to: path, notOver: nil)
        case .object(let address):
            do throws(S3Error) {
                _ = try await store(address).put(
                    address.key, body: PutBody(bytes, sha256: SHA256.digest(of: bytes)), headers: [HTTPHeader("Content-Type", type)])
            } catch {
                throw Fault(error)
            }
        }
    }

    /// Whether something is there already.
    func exists(_ place: PicturePlace) async throws -> Bool {
        switch place {
        case .standard: return false
        case .file(let path):
            var status = stat()
            return lstat(path, &status) == 0
        case .object(let address):
            do throws(S3Error) {
                _ = try await store(address).head(address.key)
                return true
            } catch {
                if error.isNotFound { return false }
                throw Fault(error)
            }
        }
    }

    private func store(_ address: ObjectAddress) -> S3Client {
        // Every place was named before the connections were made.
        guard let store = stores[address.bucket] else { preconditionFailure("no connection to \(address.bucket)") }
        return store
    }

    private static func check(_ size: Int64) throws {
        guard size <= largest else {
            throw Fault(
                .someFailed, "it is \(Quantity.bytes(size)) large; more than \(Quantity.bytes(Int64(largest))) is not read into memory.")
        }
    }

    private static func standardInput() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let n = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if n == 0 { return bytes }
            if n < 0 {
                if errno == EINTR { continue }
                throw Fault(.someFailed, "standard input cannot be read: \(SystemCause(errno))")
            }
            bytes += buffer[..<n]
            try check(Int64(bytes.count))
        }
    }
}
