internal import Source
internal import Vocabulary

/// A photo named on the command line, open for reading.
struct PhotoFile {
    let path: Key
    let file: OpenedFile

    init(_ argument: String) throws {
        let slash = argument.lastIndex(of: "/")
        let folder = slash.map { $0 == argument.startIndex ? "/" : String(argument[..<$0]) } ?? "."
        path = Key(slash.map { String(argument[argument.index(after: $0)...]) } ?? argument)
        let opened: SourceFolder
        do throws(SourceFolderError) { opened = try SourceFolder(folder) } catch { throw Fault(.someFailed, error.description) }
        do throws(SourceError) { file = try OpenedFile(path, in: opened) } catch {
            throw Fault(.someFailed, "\(argument.escapedForTerminal): \(error)")
        }
    }
}
