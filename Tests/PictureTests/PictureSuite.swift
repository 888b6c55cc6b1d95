import Picture
import TestSupport
import Testing

/// Everything that needs libvips; without the trait it is said to be left out.
@Suite(.enabled(if: PictureLibrary.isBuilt, "built without the trait Pictures")) struct PictureSuite {
    /// Draws one picture of another into a file of its own.
    static func rendered(_ name: String, _ rendering: Rendering, in folder: TemporaryFolder) async throws -> String {
        let picture = try PictureLibrary.loaded().render(try await PictureSet.shared.value.bytes(name), as: rendering)
        let path = "\(name).\(rendering.recipe.replacing("/", with: "_")).\(rendering.format.rawValue)"
        try folder.write(picture.bytes, to: path)
        return folder.path(path)
    }
}
