internal import Foundation

/// What exiftool, which is not our code, reads of photos.
package struct CaptureTime: Sendable, Hashable, CustomStringConvertible {
    /// DateTimeOriginal; nil where there is none.
    package let time: String?
    /// OffsetTimeOriginal; nil where there is none.
    package let offset: String?

    /// Time and offset.
    package init(_ time: String?, _ offset: String? = nil) {
        self.time = time
        self.offset = offset
    }

    /// Time and offset, as in a message.
    package var description: String { "\(time ?? "–") \(offset ?? "–")" }

    /// The capture times of the photos below a folder, by their path in it.
    package static func read(below folder: String) async throws -> [String: CaptureTime] {
        struct Row: Decodable {
            let SourceFile: String
            let DateTimeOriginal: String?
            let OffsetTimeOriginal: String?
        }
        let run = try await Program.run(
            ["exiftool", "-json", "-charset", "filename=utf8", "-recurse", "-ext", "jpg", "-DateTimeOriginal", "-OffsetTimeOriginal", "."],
            environment: ["LANG": "C.UTF-8"], folder: folder)
        let rows = try JSONDecoder().decode([Row].self, from: Data(run.output.utf8))
        return Dictionary(
            rows.map { ($0.SourceFile.replacing(/^\.\//, with: ""), CaptureTime($0.DateTimeOriginal, $0.OffsetTimeOriginal)) }
        ) { $1 }
    }
}
