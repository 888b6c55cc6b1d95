import Picture
import TestSupport
import Testing

extension PictureSuite {
    /// How large what is made is, of 640 × 480 and of the same on its side.
    @Suite struct SizeTests {
        @Test(arguments: [
            ("colours.jpg", RenderedSize(width: 320, height: 320), 320, 240),
            ("turned6.jpg", RenderedSize(width: 320, height: 320), 240, 320),
            ("colours.jpg", RenderedSize(width: 320), 320, 240), ("turned6.jpg", RenderedSize(width: 320), 320, 427),
            ("colours.jpg", RenderedSize(height: 120), 160, 120), ("turned6.jpg", RenderedSize(height: 120), 90, 120),
            ("colours.jpg", RenderedSize(width: 100, height: 100, shape: .fill), 100, 100),
            ("turned6.jpg", RenderedSize(width: 300, height: 100, shape: .fill), 300, 100),
            ("colours.jpg", RenderedSize(width: 2000, height: 2000), 640, 480),
            ("colours.jpg", RenderedSize(width: 1280, height: 1280, enlarges: true), 1280, 960),
            ("colours.jpg", RenderedSize(width: 800, height: 300, shape: .fill), 640, 300),
            ("colours.jpg", RenderedSize(width: 800, height: 800, shape: .fill, enlarges: true), 800, 800),
            ("colours.png", RenderedSize(width: 1, height: 1), 1, 1), ("colours.png", .original, 640, 480),
            ("turned8.jpg", .original, 480, 640),
        ])
        func sizes(_ name: String, _ size: RenderedSize, _ width: Int, _ height: Int) async throws {
            let picture = try PictureLibrary.loaded().render(
                try await PictureSet.shared.value.bytes(name), as: Rendering(size: size, format: .png))
            #expect((picture.width, picture.height) == (width, height))
            let info = try PictureLibrary.loaded().info(of: picture.bytes)
            #expect((info.width, info.height) == (width, height))
        }

        @Test func aFormatThatHoldsNoSuchSize() async throws {
            let bytes = try await PictureSet.shared.value.bytes("colours.jpg")
            let size = RenderedSize(width: 20_000, enlarges: true)
            #expect(throws: PictureError.tooLargeForFormat(.webp, width: 20_000, height: 15_000)) {
                try PictureLibrary.loaded().render(bytes, as: Rendering(size: size, format: .webp))
            }
        }
    }
}
