import Foundation
import Source
import Testing
import Vocabulary

@Suite struct NameTwinsTests {
    private func twins(_ names: [String]) throws -> [[String]] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "twins-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in names {
            // By bytes: Foundation must not get a chance to normalise a name.
            let path = Array("\(folder)/\(name)".utf8) + [0]
            let made = path.withUnsafeBufferPointer { $0.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { mkdir($0, 0o755) } } }
            #expect(made == 0, "\(name)")
        }
        let walk = Walk(try SourceFolder(folder)) { _ in nil }
        while walk.next() != nil {}
        return walk.twins.map { [$0.first.string, $0.second.string].map { String(decoding: Array($0.utf8), as: UTF8.self) } }
    }

    static let table: [(names: [String], pairs: Int)] = [
        (["e\u{301}", "\u{e9}"], 1), (["a\u{e9}", "b\u{e9}", "e\u{301}"], 0), (["\u{212b}", "\u{c5}", "A\u{30a}"], 2),
        (["\u{304b}\u{3099}", "\u{304c}"], 1), (["\u{1100}\u{1161}", "\u{ac00}"], 1), (["日本", "한국", "Ünï", "😀"], 0),
        (["a", "b"], 0), (["q\u{307}\u{323}", "q\u{323}\u{307}"], 1), (["\u{958}", "\u{915}\u{93c}"], 1),
    ]

    @Test(arguments: table) func namesThatLookTheSameAreFound(_ row: (names: [String], pairs: Int)) throws {
        let found = try twins(row.names)
        #expect(found.count == row.pairs)
        // Equal for Unicode, different in bytes.
        for pair in found { #expect(pair[0] == pair[1] && !pair[0].utf8.elementsEqual(pair[1].utf8)) }
    }
}
