import HTTP
import Synchronization
import Vocabulary

@testable import S3

/// What the tests of the providers share: a clock, a place that is resolved of environment and files, and what a provider answers.
enum ProvidedCredentials {
    /// A moment that tests may move: 2026-01-01T00:00:00Z at first. It never sleeps longer than it takes to say so.
    final class Moment: Sendable {
        private let value = Mutex<Int64>(1_767_225_600)
        let naps = Mutex<[Duration]>([])
        var now: Int64 { value.withLock { $0 } }
        func pass(_ seconds: Int64) { value.withLock { $0 += seconds } }

        /// Short naps pass at once; those of a deadline, longer than the gap between tries, only end with their task.
        var clock: S3Clock {
            S3Clock(
                now: { self.now },
                sleep: { duration in
                    self.naps.withLock { $0.append(duration) }
                    if duration > .seconds(1) { try await Task.sleep(for: duration) }
                })
        }
    }

    static let moment2027 = "2027-01-01T00:00:00Z"

    static func withHTTP<Value>(_ body: (HTTPClient) async throws -> Value) async throws -> Value {
        var configuration = HTTPClientConfiguration()
        configuration.proxy = .none
        let http = try HTTPClient(configuration)
        defer { http.shutdown() }
        return try await body(http)
    }

    static func place(_ environment: [String: String], profile: String? = nil, files: [String: String] = [:]) throws -> Place {
        var environment = environment
        environment["HOME"] = "/h"
        return try PlaceResolver.resolve(flags: PlaceRequest(profile: profile), environment: environment, files: Self.files(files))
    }

    static func files(_ files: [String: String]) -> SettingsFiles {
        SettingsFiles { path in files[path].map { .file(Array($0.utf8), mode: 0o600) } ?? .missing }
    }

    static func document(_ id: String, token: String = "Token", expires: String = moment2027) -> String {
        #"{"Code": "Success", "AccessKeyId": "\#(id)", "SecretAccessKey": "s-\#(id)", "\#(token)": "t-\#(id)", "Expiration": "\#(expires)"}"#
    }

    static func stsAnswer(_ action: String, _ id: String, expires: String = moment2027) -> String {
        """
        <\(action)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><\(action)Result><AssumedRoleUser><Arn>a</Arn></AssumedRoleUser>
        <Credentials><AccessKeyId>\(id)</AccessKeyId><SecretAccessKey>s-\(id)</SecretAccessKey><SessionToken>t-\(id)</SessionToken>
        <Expiration>\(expires)</Expiration></Credentials></\(action)Result></\(action)Response>
        """
    }

    static func expected(_ id: String) -> Credentials {
        Credentials(accessKeyID: id, secretAccessKey: "s-\(id)", sessionToken: "t-\(id)", expires: 1_798_761_600)
    }
}
