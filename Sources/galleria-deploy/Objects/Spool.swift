internal import Foundation
internal import Glibc
internal import Planning
internal import Source
internal import Vocabulary

/// A folder of its own below the system's temporary one, for what comes from standard input or as base64: only files can be read twice, and the hash is
/// told before the content. It goes, with all that is in it, when nothing refers to it any more.
final class Spool {
    let folder: SourceFolder
    private let path: String
    private var count = 0

    init() throws {
        var template = Array("\(FileManager.default.temporaryDirectory.path)/galleria-put-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw Fault(.configuration, "no temporary folder can be made: \(SystemCause(errno)). TMPDIR names another place.")
        }
        path = String(cString: made)
        do throws(SourceFolderError) { folder = try SourceFolder(path) } catch { throw Fault(.configuration, error.description) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Copies all that comes from a descriptor into a new file and answers its name there.
    /// - Parameters:
    ///   - isBase64: whether what comes is base64, with or without `data:…,` before it, and is to be decoded.
    ///   - name: what it is called in faults.
    func take(_ input: Int32, isBase64: Bool, name: String) throws -> Key {
        count += 1
        let file = "\(count)"
        let output = open("\(path)/\(file)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw Fault(.someFailed, "cannot write to \(path): \(SystemCause(errno)).") }
        defer { close(output) }
        var decoder = Base64Decoding()
        var start: [UInt8]? = isBase64 ? [] : nil
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let n = buffer.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
            if n < 0, errno == EINTR { continue }
            guard n >= 0 else { throw Fault(.someFailed, "cannot read \(name): \(SystemCause(errno)).") }
            var bytes = Array(buffer[..<n])
            if isBase64 {
                // What stands before a data URI's comma (RFC 2397) may come in pieces, too.
                if let begun = start {
                    let all = begun + bytes
                    if all.count < 256, n > 0 {
                        start = all
                        continue
                    }
                    start = nil
                    let isURI = all.starts(with: Array("data:".utf8))
                    bytes = isURI ? Array(all.prefix(256).firstIndex(of: UInt8(ascii: ",")).map { all[($0 + 1)...] } ?? all[...]) : all
                }
                guard let decoded = decoder.decode(bytes), n > 0 || decoder.isComplete else {
                    throw Fault(.usage, "\(name) is no base64. Leave --base64 out to send it as it is.")
                }
                bytes = decoded
            }
            try write(bytes, to: output)
            if n == 0 { return Key(file) }
        }
    }

    private func write(_ bytes: [UInt8], to output: Int32) throws {
        var done = 0
        while done < bytes.count {
            let n = bytes.withUnsafeBytes { Glibc.write(output, $0.baseAddress.map { $0 + done }, bytes.count - done) }
            if n > 0 { done += n } else if errno != EINTR { throw Fault(.someFailed, "cannot write to \(path): \(SystemCause(errno)).") }
        }
    }
}
