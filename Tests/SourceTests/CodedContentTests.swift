import Foundation
import Photo
import Source
import TestSupport
import Testing
import Vocabulary

@Suite struct CodedContentTests {
    private func open(_ name: String, _ size: UInt64, _ coding: ContentCoding?) throws -> Content {
        let folder = try TemporaryFolder("coded")
        try folder.write("", to: name)
        let handle = try FileHandle(forWritingTo: URL(filePath: folder.path(name)))
        try handle.truncate(atOffset: size)
        try handle.close()
        let reader = ContentReader(try SourceFolder(folder.path), rewriter: PhotoRewriter(rules: CaptureRules())) { _ in coding }
        let status = FileStatus(size: Int64(size), modified: 0, changed: 0, inode: 0, device: 0)
        return try reader.open(LocalFile(path: Key(name), status: status))
    }

    /// Too small to be worth it, and too large to be held; a photo is none of a coder's business.
    @Test(
        arguments: [
            ("a.txt", 1023, false), ("a.txt", 1024, true), ("a.txt", 2 << 20, true), ("a.txt", 32 << 20, true),
            ("a.txt", (32 << 20) + 1, false),
            ("a.jpg", 4096, false), ("a.txt", 0, false),
        ] as [(String, UInt64, Bool)]) func sizesThatAreCoded(_ row: (name: String, size: UInt64, isCoded: Bool)) throws
    {
        for coding in ContentCoding.allCases {
            let content = try open(row.name, row.size, coding)
            #expect((content.coded != nil) == row.isCoded && (content.size < row.size) == row.isCoded)
            // Only what is coded is held, not the file.
            if let memory = content.memory { #expect(memory.count == Int(content.size) && memory.count <= 1 << 20) }
        }
        #expect(try open(row.name, row.size, nil).coded == nil)
    }
}
