import Foundation
import Planning
import Source
import TestSupport
import Testing
import Vocabulary

@testable import Deploy

/// What a selection leaves of a folder.
@Suite struct LocalListingTests {
    private struct Found: Equatable {
        var files: [String] = []
        var leftOut: [String] = []
        var failed: [String] = []
    }

    private func list(_ folder: TemporaryFolder, _ selection: Selection) throws -> Found {
        final class Box { var found = Found() }
        let box = Box()
        let listing = LocalListing(try SourceFolder(folder.path), selecting: selection, ownFiles: [])
        try listing.run { entry in
            switch entry {
            case .file(let file): box.found.files.append(file.path.string)
            case .leftOut(let path, let reason, let rule): box.found.leftOut.append("\(path): \(rule ?? reason.words)")
            case .failed(let path, _): box.found.failed.append(path)
            }
        }
        return box.found
    }

    private func folder(_ files: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder("select")
        for (path, text) in files { try folder.write(text, to: path) }
        return folder
    }

    private func selection(_ rules: [String] = [], settings: [String] = []) throws -> Selection {
        Selection(
            exclusions: DefaultExclusions(publishesDotfiles: false),
            filter: PathFilter(
                rules: try rules.map { try FilterRule(option: "--exclude", pattern: $0) },
                settings: try settings.map { try FilterRule(setting: "exclude", pattern: $0) }))
    }

    @Test func rulesRankCommandLineThenFoldersThenSettings() throws {
        let folder = try folder([
            "a.tmp": "", "keep.tmp": "", "b/c.tmp": "", "b/d.bak": "", "b/.galleria-ignore": "!c.tmp\n*.bak\n", "drafts/x": "",
        ])
        let found = try list(folder, try selection(["/drafts/", "!d.bak"], settings: ["*.tmp", "!keep.tmp"]))
        #expect(found.files == ["b/c.tmp", "b/d.bak", "keep.tmp"])
        #expect(
            Set(found.leftOut) == [
                "a.tmp: exclude: '*.tmp'", "drafts: --exclude '/drafts/'", "b/.galleria-ignore: galleria-deploy's own files",
            ])
    }

    @Test func whatIsLeftOutMayBeBroken() throws {
        let folder = try folder(["a.txt": ""])
        try FileManager.default.createSymbolicLink(atPath: folder.path("old.jpg"), withDestinationPath: "/nowhere")
        try FileManager.default.createSymbolicLink(atPath: folder.path("again"), withDestinationPath: ".")
        #expect(try list(folder, try selection()).failed.sorted() == ["again", "old.jpg"])
        let found = try list(folder, try selection(["old.jpg", "again/"]))
        #expect(found.failed.isEmpty && found.files == ["a.txt"], "\(found)")
    }

    @Test func sizesAreMeasuredInBytesAndOfFilesOnly() throws {
        let folder = try folder(["d/small": "1", "d/fits": "12", "d/large": "12345"])
        var selection = try selection()
        selection.sizes = SizeLimits(minimum: ByteSize(bytes: 2), maximum: ByteSize(bytes: 4))
        #expect(try list(folder, selection) == Found(files: ["d/fits"], leftOut: ["d/large: --max-size", "d/small: --min-size"]))
    }

    @Test func aListNamesFilesAndFolders() throws {
        let folder = try folder(["a": "", "b/c": "", "b/d/e": "", "f/g": "", "f/h": ""])
        var selection = try selection(["h"])
        selection.filesFrom = try FilesFrom("b\nf/h\n./f/g\nmissing\n".utf8)
        let found = try list(folder, selection)
        #expect(found.files == ["b/c", "b/d/e", "f/g"])
        #expect(found.failed == ["missing"])
    }

    /// What cannot be read may have said what must stay private.
    @Test(arguments: ["folder", "syntax", "large", "not UTF-8"])
    func aFilterThatCannotBeReadEndsTheWalk(_ fault: String) throws {
        let folder = try folder(["a/secret": "", "b": ""])
        let path = "a/.galleria-ignore"
        switch fault {
        case "folder": try FileManager.default.createDirectory(atPath: folder.path(path), withIntermediateDirectories: true)
        case "syntax": try folder.write("*.tmp\n[\n", to: path)
        case "large": try folder.write(String(repeating: "# comment\n", count: 110_000), to: path)
        default: try Data([0x61, 0xFF]).write(to: URL(filePath: folder.path(path)))
        }
        let error = #expect(throws: FilterFault.self) { _ = try list(folder, try selection()) }
        #expect(error?.description.contains("a/.galleria-ignore") == true && error?.description.contains("othing was sent") == true)
    }
}
