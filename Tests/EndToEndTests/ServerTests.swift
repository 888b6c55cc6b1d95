import Testing
import TestSupport

/// The servers and the independent client themselves: what they cannot do, no other test may rely on.
@Suite struct ServerTests {
    static let oddKeys = [
        ".", "../up", "//x", "/lead", "a b", "a%20b", "a+b", "a/./b", "a//b", "e\u{301}", "\u{e9}", "tab\tx", "x\ny", "~!*'();:@&=+$,?#[]",
        "😀",
    ]

    @Test(arguments: ["radosgw", "ministack"])
    func independentClientSeesKeysByteExact(_ name: String) async throws {
        let bucket = try await RealBucket(on: name == "radosgw" ? .radosgw : .ministack)
        for key in Self.oddKeys { try await bucket.put(key, key) }
        let listed = try await bucket.listing().map(\.keyBytes)
        #expect(Set(listed) == Set(Self.oddKeys.map { [UInt8]($0.utf8) }))
        for key in Self.oddKeys { #expect(try await bucket.body(key) == [UInt8](key.utf8)) }
    }

    /// However the tests end, the kernel closes their end of the pipe: here a shell stands for them, and is killed.
    @Test func serverEndsWithTheProcessThatHoldsItsPipe() async throws {
        let folder = try TemporaryFolder("lifeline")
        let script = """
            mkfifo "$0/in" "$0/ready"
            "$1" rclone "$0/server" <"$0/in" >"$0/ready" &
            serving=$!
            bash -c 'exec 9>"$0/in"; read -r line <"$0/ready"; echo "$line"; kill -9 $$' "$0"
            wait $serving
            [ ! -e "$0/server" ]
            """
        let run = try await Program.run(["bash", "-c", script, folder.path, PackageFolder.path("Tests/Servers/serve.sh")])
        #expect(run.status == 0 && run.output.hasPrefix("READY http://127.0.0.1:"), "\(run)")
        let port = try #require(run.output.split(separator: " ")[1].split(separator: ":").last)
        let connection = try await Program.run(["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/\(port)"])
        #expect(connection.status != 0, "the server still answers")
    }
}
