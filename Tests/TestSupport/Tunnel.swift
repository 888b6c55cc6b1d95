/// Something between the program and a server (Tests/Servers/tunnel.py): the end of TLS, or a proxy.
package struct Tunnel: Sendable {
    /// The port on loopback.
    package let port: Int
    private let process: LineProcess

    /// Ends TLS before `endpoint`, on 127.0.0.1 and ::1, with an authority of its own in `folder`, as `ca.pem`; `names` are known besides localhost.
    package static func tls(before endpoint: String, folder: String, names: [String] = []) async throws -> Tunnel {
        try await Tunnel(["tls", endpoint, folder] + names)
    }

    /// A proxy.
    package static func proxy() async throws -> Tunnel { try await Tunnel(["proxy"]) }

    private init(_ arguments: [String]) async throws {
        process = try LineProcess("tunnel.py", arguments)
        guard let port = Int(try await process.line()) else { throw LineProcess.Broken(description: "tunnel.py names no port") }
        self.port = port
    }

    /// What was asked of it since the last call: of a proxy the method and target, of TLS the address that was connected to.
    package func log() async throws -> [String] { try await process.ask("log") }
}
