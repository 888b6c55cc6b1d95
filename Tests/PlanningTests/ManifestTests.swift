import Foundation
import Planning
import Testing
import Vocabulary

/// The published manifest as text: written as JSON that others read, read again in pieces of any size, and refused where it is not whole.
@Suite struct ManifestTests {
    private static let hash = SHA256.empty

    private static func entry(_ key: String, _ fill: (inout ManifestEntry) -> Void = { _ in }) -> ManifestEntry {
        var entry = ManifestEntry(key: Key(key), size: 7, sha256: hash, type: "image/jpeg", headers: "00ff")
        fill(&entry)
        return entry
    }

    private static func text(_ entries: [ManifestEntry]) -> [UInt8] {
        ManifestText.beginning + entries.enumerated().flatMap { ManifestText.line($1, isLast: $0 + 1 == entries.count) } + ManifestText.end
    }

    private static func read(_ text: some Collection<UInt8>, pieces: Int = 1) throws -> [ManifestEntry] {
        var reader = ManifestReader()
        var entries: [ManifestEntry] = []
        var rest = Array(text)[...]
        while !rest.isEmpty {
            try reader.read(rest.prefix(pieces)) { entries.append($0) }
            rest = rest.dropFirst(pieces)
        }
        try reader.finish()
        return entries
    }

    private static let all = [
        entry("a \"b\" \\ \u{1}\u{7F}.jpg"),
        entry("b/é\u{1F600}.jpg") {
            $0.width = 4000
            $0.height = 3000
            $0.taken = "2024-06-15T10:30:45+02:00"
            $0.takenBefore = "2024-06-15T14:30:45"
            $0.sourceSHA256 = hash
            $0.url = "https://p.example/b/%C3%A9.jpg"
        }, entry("b/é\u{1F600}.jpg2"),
    ]

    @Test(arguments: [1, 2, 7, 100, 1 << 20]) func whatIsWrittenIsReadAgain(_ pieces: Int) throws {
        #expect(try Self.read(Self.text(Self.all), pieces: pieces) == Self.all)
        #expect(try Self.read(Self.text([]), pieces: pieces).isEmpty)
    }

    @Test func itIsJSON() throws {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(Self.text(Self.all))) as? [String: Any])
        #expect(object["schema"] as? String == ManifestText.schema)
        let objects = try #require(object["objects"] as? [[String: Any]])
        #expect(objects.map { $0["key"] as? String } == Self.all.map(\.key.string))
        #expect(
            objects[1]["width"] as? Int == 4000 && objects[1]["source_sha256"] as? String == Self.hash.hex && objects[0]["width"] == nil)
    }

    /// Cut anywhere, it is no manifest.
    @Test func whatIsCutShortIsRefused() {
        let text = Self.text(Self.all)
        for count in 0..<text.count {
            #expect(throws: ManifestFault.self, "\(count)") { try Self.read(text.prefix(count)) }
        }
    }

    @Test(arguments: [
        ("{\"schema\":\"other\",\"objects\":[\n]}\n", ManifestFault.foreign), ("", .foreign), ("<html>", .foreign),
        ("{}\n", .line(2)), ("{\"key\":\"a\",\"size\":-1,\"sha256\":\"00\"}\n", .line(2)), ("]}\n{}\n", .line(3)),
    ])
    func whatIsNoneIsRefused(_ rest: String, _ fault: ManifestFault) {
        let text = fault == .foreign ? Array(rest.utf8) : ManifestText.beginning + Array(rest.utf8)
        #expect(throws: fault) { try Self.read(text, pieces: 1 << 10) }
    }

    @Test func keysAscend() {
        #expect(throws: ManifestFault.unsorted(3)) { try Self.read(Self.text([Self.entry("b"), Self.entry("a")])) }
        #expect(throws: ManifestFault.unsorted(3)) { try Self.read(Self.text([Self.entry("a"), Self.entry("a")])) }
    }

    /// What another program wrote, as JSON allows it.
    @Test func aLineMayBeWrittenOtherwise() throws {
        let line = #" { "sha256" : "\#(Self.hash.hex)" , "size" : 7, "key" : "\u00e9\ud83d\ude00\/", "more": null, "flag":true } "#
        let entry = try #require(ManifestEntry(line: Array(line.utf8)))
        #expect(entry.key == Key("é\u{1F600}/") && entry.size == 7)
        for wrong in [
            #"{"key":"a""#, #"{"key":"a","key":"b","size":1,"sha256":"\#(Self.hash.hex)"}"#, #"{"key":"\ud83d"}"#, #"[]"#, #"{"a":{}}"#,
        ] {
            #expect(ManifestEntry(line: Array(wrong.utf8)) == nil, "\(wrong)")
        }
    }
}
