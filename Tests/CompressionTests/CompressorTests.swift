import Compression
import TestSupport
import Testing
import Vocabulary

@Suite struct CompressorTests {
    private static let contents: [(name: String, bytes: [UInt8])] = [
        ("one line", Array(String(repeating: "a photo, ", count: 200).utf8)),
        ("markup", Array((0..<20_000).map { "<li><a href=\"photos/\($0).jpg\">\($0 * 7919 % 1000)</a></li>\n" }.joined().utf8)),
        // More than one block of the reader, and of each library.
        ("numbers", (0..<3_000_000).map { UInt8(truncatingIfNeeded: 48 + ($0 &* 2_654_435_761) >> 20 % 10) }),
    ]

    /// Codes in blocks of at most `block` bytes.
    private func coded(_ bytes: [UInt8], _ coding: ContentCoding, block: Int = .max) -> [UInt8]? {
        var at = 0
        return Compressor(coding).compressed(size: Int64(bytes.count)) { buffer in
            let count = min(buffer.count, bytes.count - at, block)
            bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[at..<at + count])) }
            at += count
            return count
        }
    }

    @Test(arguments: ContentCoding.allCases) func anotherProgramReadsWhatWeCode(_ coding: ContentCoding) async throws {
        for (name, bytes) in Self.contents {
            let result = try #require(coded(bytes, coding), "\(name)")
            #expect(result.count < bytes.count, "\(name)")
            #expect(try await PythonCoder.decode(result, coding.rawValue) == bytes, "\(name)")
        }
    }

    /// How the file happens to be read must not show in the result.
    @Test(arguments: ContentCoding.allCases) func blocksDoNotMatter(_ coding: ContentCoding) {
        for (name, bytes) in Self.contents {
            let whole = coded(bytes, coding)
            for block in [977, 65_536] { #expect(coded(bytes, coding, block: block) == whole, "\(name) \(block)") }
        }
    }

    @Test(arguments: ContentCoding.allCases) func whatWouldNotShrinkStays(_ coding: ContentCoding) {
        var generator = SystemRandomNumberGenerator()
        let noise = (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        #expect(coded(noise, coding) == nil)
    }

    @Test(arguments: ContentCoding.allCases) func aFaultOfTheReaderIsPassedOn(_ coding: ContentCoding) {
        struct Torn: Error {}
        #expect(throws: Torn.self) {
            _ = try Compressor(coding).compressed(size: 4096) { (_) throws(Torn) in throw Torn() }
        }
    }

    @Test func theRecipeNamesTheLibrary() {
        #expect(Compressor(.gzip).recipe.wholeMatch(of: /gzip-9 zlib\/\d+\.\d+.*/) != nil, "\(Compressor(.gzip).recipe)")
        #expect(Compressor(.brotli).recipe.wholeMatch(of: /br-\d+ brotli\/\d+\.\d+\.\d+/) != nil, "\(Compressor(.brotli).recipe)")
    }
}
