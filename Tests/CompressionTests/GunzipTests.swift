import Compression
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite struct GunzipTests {
    private func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        var at = 0
        return try #require(
            Compressor(.gzip).compressed(size: Int64(bytes.count)) { buffer in
                let count = min(buffer.count, bytes.count - at)
                buffer.copyBytes(from: bytes[at..<at + count])
                at += count
                return count
            })
    }

    @Test func whatWasCodedComesBack() throws {
        let bytes = Array(String(repeating: "Die Katze sitzt. ", count: 20_000).utf8)
        let coded = try gzip(bytes)
        #expect(Gunzip.decode(coded, limit: bytes.count) == bytes)
        #expect(Gunzip.decode(coded, limit: bytes.count - 1) == nil, "no more than is allowed comes of it")
    }

    /// Cut anywhere, followed by anything, or with any bit of it turned, it is no gzip file, or not the same content.
    @Test func whatIsDamagedIsNoticed() throws {
        let bytes = Array(String(repeating: "abc", count: 400).utf8)
        let coded = try gzip(bytes)
        for count in 0..<coded.count { #expect(Gunzip.decode(Array(coded[..<count]), limit: 1 << 20) == nil) }
        #expect(Gunzip.decode(coded + [0], limit: 1 << 20) == nil)
        // Behind the header each byte counts.
        for at in 10..<coded.count {
            var damaged = coded
            damaged[at] ^= 0x10
            #expect(Gunzip.decode(damaged, limit: 1 << 20) == nil, "\(at)")
        }
    }
}
