public import Planning
public import Source
public import Vocabulary

/// What a deploy would find in its source: each file that is selected, each entry that is not and why, each that cannot be read.
public struct LocalListing {
    /// One finding.
    public enum Entry: Sendable {
        /// A file that would be compared with the bucket.
        case file(LocalFile)
        /// An entry that is left out, its path escaped for a terminal; a folder stands for all below it. The rule or option that says so, where one does.
        case leftOut(path: String, Exclusion, rule: String?)
        /// An entry that cannot be deployed.
        case failed(path: String, FailureCause)
    }

    private let folder: SourceFolder
    private let selection: Selection
    private let ownFiles: Set<FileStatus.Identity>

    /// Prepares a listing; nothing is read yet.
    public init(_ folder: SourceFolder, selecting selection: Selection, ownFiles: Set<FileStatus.Identity>) {
        self.folder = folder
        self.selection = selection
        self.ownFiles = ownFiles
    }

    /// Walks the source; files come in byte order of their paths.
    public func run(_ note: @escaping (Entry) -> Void) throws(FilterFault) {
        for path in selection.filesFrom?.paths ?? [] {
            do throws(SourceError) {
                if try folder.entry(at: path) == nil { note(.failed(path: path.string.escapedForTerminal, .unknownPath)) }
            } catch {
                note(.failed(path: path.string.escapedForTerminal, .source(error)))
            }
        }
        let files = SourceFiles(folder, selecting: selection) { path, reason, rule in
            note(.leftOut(path: String(decoding: path, as: UTF8.self).escapedForTerminal, reason, rule: rule))
        }
        while let entry = files.next() {
            switch entry {
            case .failure(let failure): note(.failed(path: failure.displayPath, .walk(failure)))
            case .file(let file) where ownFiles.contains(file.status.identity):
                note(.leftOut(path: file.path.string.escapedForTerminal, .ownFile, rule: nil))
            case .file(let file): note(.file(file))
            }
        }
        if let fault = files.fault { throw fault }
    }
}
