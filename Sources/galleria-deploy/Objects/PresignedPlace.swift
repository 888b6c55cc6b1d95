internal import Foundation
internal import S3
internal import State
internal import Vocabulary

/// Where the signed addresses of a bucket are kept: in a local state of its own, because they belong to no source.
struct PresignedPlace {
    private let location: StateLocation
    private let environment: [String: String]

    init(endpoint: Endpoint, bucket: String, environment: [String: String]) {
        location = StateLocation(endpoint: endpoint.description, bucket: bucket, prefix: "", source: "")
        self.environment = environment
    }

    init(_ session: BucketSession, bucket: String? = nil) {
        self.init(endpoint: session.place.endpoint.value, bucket: bucket ?? session.address.bucket, environment: session.environment)
    }

    /// Opens what is kept, or begins it. A damaged file is set aside.
    func open() throws -> PresignedAddresses {
        do throws(StateError) {
            let path = try location.path(environment: environment)
            do throws(StateError) { return PresignedAddresses(try StateDatabase(at: path, of: location)) } catch {
                guard case .damaged = error.cause else { throw error }
                try StateDatabase.setAside(path)
                return PresignedAddresses(try StateDatabase(at: path, of: location))
            }
        } catch { throw Fault(.configuration, error.description) }
    }

    /// True where anything was ever kept.
    var isThere: Bool {
        do throws(StateError) { return FileManager.default.fileExists(atPath: try location.path(environment: environment)) } catch {
            return false
        }
    }

    /// Lets go of the addresses of objects that have changed or are gone, so that nobody is sent to them again. What prevents it is a warning: an address
    /// leads to what is under the key now.
    func forget(_ keys: [Key], warn: (String) -> Void) {
        guard !keys.isEmpty else { return }
        do throws(StateError) {
            let path = try location.path(environment: environment)
            guard FileManager.default.fileExists(atPath: path) else { return }
            try PresignedAddresses(try StateDatabase(at: path, of: location)).forget(keys)
        } catch {
            if case .noHome = error { return }
            warn("warning: signed addresses of what has changed are still answered: \(error.description)")
        }
    }
}
