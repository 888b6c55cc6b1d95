import Foundation
import TestSupport
import Testing

/// What lies between the program and the store: TLS with a private authority, names in the host, IPv6, proxies, credentials that end.
@Suite struct PathToStoreTests {
    private static func secure() async throws -> (site: Site, tunnel: Tunnel, authority: String) {
        let site = try await Site(.files(["a.txt": "a", "b c.txt": "b"]), on: .radosgw)
        let tunnel = try await Tunnel.tls(before: site.place.endpoint, folder: site.folder.path, names: ["\(site.bucket.name).localhost"])
        return (site, tunnel, site.folder.path("ca.pem"))
    }

    @Test func aPrivateAuthorityIsTrustedWhereItIsNamed() async throws {
        var (site, tunnel, authority) = try await Self.secure()
        site.place = site.place.at("https://localhost:\(tunnel.port)")
        let distrusted = try await site.deploy()
        #expect(distrusted.status == 6 && distrusted.errors.contains("AWS_CA_BUNDLE"), "\(distrusted)")
        let run = try await site.deploy(environment: ["AWS_CA_BUNDLE": authority])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        let loud = try await site.deploy(["--no-verify-tls", "-q"])
        #expect(loud.status == 0 && loud.errors.contains("WARNING: --no-verify-tls"), "\(loud)")
        // A name that the certificate does not have.
        site.place = site.place.at("https://ip6-localhost:\(tunnel.port)")
        #expect(try await site.deploy(environment: ["AWS_CA_BUNDLE": authority]).status == 6)
    }

    @Test(arguments: ["127.0.0.1", "[::1]"]) func addressesOfBothFamilies(_ host: String) async throws {
        var (site, tunnel, authority) = try await Self.secure()
        site.place = site.place.at("https://\(host):\(tunnel.port)")
        let run = try await site.deploy(environment: ["AWS_CA_BUNDLE": authority])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        #expect(try await tunnel.log().allSatisfy { "[\($0)]" == host || $0 == host })
    }

    @Test func theBucketInTheHostName() async throws {
        var (site, tunnel, authority) = try await Self.secure()
        site.place = site.place.at("https://localhost:\(tunnel.port)")
        let run = try await site.deploy(["--virtual-host-style", "-vv"], environment: ["AWS_CA_BUNDLE": authority])
        #expect(run.status == 0, "\(run)")
        #expect(run.errors.contains("> PUT https://\(site.bucket.name).localhost:\(tunnel.port)/a.txt"), "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        #expect(run.output.contains("https://\(site.bucket.name).localhost:\(tunnel.port)/"), "\(run)")
    }

    @Test func proxiesAreUsedAsTheEnvironmentSays() async throws {
        var (site, tunnel, authority) = try await Self.secure()
        let proxy = try await Tunnel.proxy()
        let address = "http://127.0.0.1:\(proxy.port)"
        site.place = site.place.at("https://localhost:\(tunnel.port)")
        let trusting = ["AWS_CA_BUNDLE": authority]
        let secured = try await site.deploy(environment: trusting.merging(["HTTPS_PROXY": address]) { $1 })
        #expect(secured.status == 0, "\(secured)")
        let tunnelled = try await proxy.log()
        #expect(!tunnelled.isEmpty && tunnelled.allSatisfy { $0 == "CONNECT localhost:\(tunnel.port)" }, "\(tunnelled)")

        let spared = try await site.deploy(environment: trusting.merging(["HTTPS_PROXY": address, "NO_PROXY": "localhost"]) { $1 })
        #expect(spared.status == 0, "\(spared)")
        #expect(try await proxy.log() == [])

        site.place = site.bucket.place
        let plain = try await site.deploy(["--no-state"], environment: ["http_proxy": address])
        #expect(plain.status == 0, "\(plain)")
        let asked = try await proxy.log()
        #expect(!asked.isEmpty && asked.allSatisfy { $0.contains(" \(site.place.endpoint)/") }, "\(asked)")

        try site.folder.write("http_proxy=\(address)\n", to: "proxy.env")
        let fromFile = try await site.deploy(["--no-state", "--env-file", site.folder.path("proxy.env")])
        #expect(fromFile.status == 0, "\(fromFile)")
        #expect(try await !proxy.log().isEmpty)
    }

    @Test func credentialsThatEndInTheMiddleAreRenewed() async throws {
        var site = try await Site(.files(Dictionary(uniqueKeysWithValues: (0..<20).map { ("\($0).txt", "\($0)") })), on: .radosgw)
        let proxy = try await FaultProxy(before: site.place)
        try await proxy.script([FaultProxy.Rule("status", on: "PutObject", times: 1, ["status": 400, "code": "ExpiredToken"])])
        let calls = site.folder.path("calls")
        try site.folder.write(
            """
            #!/bin/sh
            echo called >> '\(calls)'
            printf '{"Version": 1, "AccessKeyId": "\(site.place.access)", "SecretAccessKey": "\(site.place.secret)", "Expiration": "20%d-01-01T00:00:00Z"}' $((50 + $(wc -l < '\(calls)')))

            """, to: "keys.sh")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: site.folder.path("keys.sh"))
        try site.folder.write("[default]\ncredential_process = \(site.folder.path("keys.sh"))\n", to: "aws.config")
        site.place = proxy.place
        let run = try await site.deploy(environment: [
            "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_CONFIG_FILE": site.folder.path("aws.config"),
        ])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        #expect(try String(contentsOfFile: calls, encoding: .utf8) == "called\ncalled\n")
    }
}
