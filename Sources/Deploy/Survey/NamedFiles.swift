internal import Foundation
internal import Planning
internal import Source
internal import Vocabulary

/// A walk whose files get other names in the bucket than in the source, or to which the pictures come that are to be made of them, collected and put into the
/// order of the listing: memory holds the gallery's paths then.
struct NamedFiles {
    /// The walk's entries, files under their names in the bucket, in byte order of those.
    private(set) var entries: [WalkEntry] = []
    /// Files that would become one object: their paths in the source, and the object's.
    private(set) var collisions: [(first: Key, second: Key, path: Key)] = []
    /// The same where a picture is one of the two.
    private(set) var pictureCollisions: [PlanRefusal.PictureCollision] = []

    /// Files that have no key, and why.
    private(set) var failures: [(path: Key, cause: FailureCause)] = []

    private var paths: Set<Key> = []
    private var leftOut: Set<[UInt8]> = []
    private var layout: LayoutProtection?
    private var derived: DerivedFiles?

    /// Takes over what a walk yields. `leftOut` are the paths of what it leaves out, complete once `files` has come to its end.
    init(
        _ files: SourceFiles, _ naming: KeyNaming, _ derived: DerivedFiles, ownFiles: Set<FileStatus.Identity>, leftOut: () -> [[UInt8]]
    ) {
        let walked = Self.walk(files, ownFiles)
        guard !naming.isIdentity else {
            take(walked.files, derived, after: walked.others, areNamed: false)
            return
        }
        take(
            walked.files.map { LocalFile(path: naming.path(of: $0.path), status: $0.status, sourcePath: $0.path) }, derived,
            after: walked.others)
        self.leftOut = Set(leftOut().map { naming.path(of: Key(String(decoding: $0, as: UTF8.self))).bytes })
    }

    /// The same by a layout, which may have to read the files.
    init(
        _ files: SourceFiles, _ naming: LayoutNaming, _ derived: DerivedFiles, leftOut: () -> [(path: [UInt8], reason: Exclusion)]
    ) async throws(DeployError) {
        let walked = Self.walk(files, naming.options.ownFiles)
        let named = try await naming.run(walked.files)
        failures = named.failures
        take(named.files, derived, after: walked.others)
        self.derived = derived
        let left = leftOut()
        layout = LayoutProtection(
            layout: naming.naming.layout, mapped: Set(naming.naming.map.rows.values.compactMap(\.key)),
            sources: Set(walked.files.map(\.path)), leftOut: Set(left.map(\.path)),
            hasFiltered: left.contains { [.filtered, .size, .unsafeLink, .unnamed].contains($0.reason) },
            folder: naming.settling.reader.folder)
    }

    private static func walk(_ files: SourceFiles, _ ownFiles: Set<FileStatus.Identity>) -> (files: [LocalFile], others: [WalkEntry]) {
        var found: [LocalFile] = []
        var others: [WalkEntry] = []
        while let entry = files.next() {
            switch entry {
            case .file(let file) where !ownFiles.contains(file.status.identity): found.append(file)
            case .file, .failure: others.append(entry)
            }
        }
        return (found, others)
    }

    /// Puts files and their pictures into the order of the listing. A file that keeps its name is judged by it; whatever else there is has nothing to be
    /// judged by.
    private mutating func take(_ files: [LocalFile], _ derived: DerivedFiles, after others: [WalkEntry], areNamed: Bool = true) {
        let named = (derived.derivatives.isEmpty ? files : files + files.flatMap { derived.files(of: $0) }).sorted { $0.path < $1.path }
        pictureCollisions = derived.collisions(among: named)
        for (first, second) in zip(named, named.dropFirst())
        where first.path == second.path && first.derivative == nil && second.derivative == nil {
            collisions.append((first.sourcePath, second.sourcePath, first.path))
        }
        paths = Set(named.lazy.filter { areNamed || $0.derivative != nil }.map(\.path))
        entries = others + named.map { .file($0) }
    }

    /// Whether an object is none of the deploy's business; nil where the selection is to be asked. Rules that are written for paths of the source
    /// leave out the objects of what they leave out there.
    func protects(_ path: Key, deletesExcluded: Bool, by judge: SelectionJudge) -> Bool? {
        if paths.contains(path) { return false }
        if let layout {
            // What pictures go is decided by what their objects tell.
            if derived?.mayHaveMade(path) == true { return false }
            return layout.protects(path, deletesExcluded: deletesExcluded, by: judge)
        }
        if deletesExcluded { return nil }
        if leftOut.contains(path.bytes) { return true }
        let isBelow = path.bytes.indices.contains { path.bytes[$0] == UInt8(ascii: "/") && leftOut.contains(Array(path.bytes[..<$0])) }
        return isBelow ? true : nil
    }
}

extension KeyNaming {
    /// The path in the bucket of a path in the source.
    func path(of path: Key) -> Key {
        var text = path.string
        if letterCase == .lower { text = text.lowercased() }
        if spelling == .nfc { text = text.precomposedStringWithCanonicalMapping }
        return Key(text)
    }
}
