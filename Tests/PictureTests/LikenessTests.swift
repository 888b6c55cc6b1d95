import Picture
import TestSupport
import Testing

extension PictureSuite {
    /// What is made looks as Pillow's looks: another decoder's pixels, another's resampling, LittleCMS's colours.
    @Suite struct LikenessTests {
        /// A picture, and how like it must be when it is shrunk to 200 × 150 as PNG: PSNR in dB. Where only the sampling differs it is above 50.
        static let pictures: [(name: String, psnr: Double, mode: String)] = [
            ("colours.jpg", 50, "RGB"), ("progressive.jpg", 50, "RGB"), ("colours.png", 50, "RGB"), ("colours.webp", 44, "RGB"),
            ("lossless.webp", 46, "RGB"), ("colours.avif", 46, "RGB"), ("colours.tif", 50, "RGB"), ("grey.jpg", 50, "L"),
            ("grey.png", 50, "L"),
            ("bits.png", 38, "L"), ("palette.png", 48, "RGB"), ("still.gif", 48, "RGB"), ("sixteen.png", 50, "L"),
            ("alpha.png", 46, "RGBA"),
            ("alpha.webp", 44, "RGBA"), ("greyalpha.png", 48, "LA"), ("profile.jpg", 48, "RGB"), ("profile.png", 48, "RGB"),
            ("badprofile.jpg", 50, "RGB"), ("inkprofile.jpg", 50, "RGB"), ("inkprofile.tif", 50, "RGB"), ("moving.gif", 60, "RGBA"),
            ("moving.webp", 60, "RGBA"),
        ]

        @Test(arguments: pictures) func shrunk(_ picture: (name: String, psnr: Double, mode: String)) async throws {
            let folder = try TemporaryFolder("rendered")
            let made = try await rendered(picture.name, Rendering(size: RenderedSize(width: 200, height: 150), format: .png), in: folder)
            let verdict = try #require(
                try await PictureSet.judge([.init(original: PictureSet.shared.value.path(picture.name), made: made)]).first)
            #expect((verdict.width, verdict.height) == (200, 150))
            #expect(verdict.psnr >= picture.psnr && verdict.ssim > 0.98, "\(verdict)")
            #expect(verdict.mode == picture.mode)
        }

        /// Inks without a profile are anyone's guess: libvips guesses a printing press, Pillow ideal inks.
        @Test func inksWithoutAProfile() async throws {
            let folder = try TemporaryFolder("rendered")
            let made = try await rendered("inks.jpg", Rendering(format: .png), in: folder)
            let verdict = try #require(
                try await PictureSet.judge([.init(original: PictureSet.shared.value.path("inks.jpg"), made: made)]).first)
            #expect(verdict.mode == "RGB" && verdict.ssim > 0.8 && verdict.psnr > 14, "\(verdict)")
        }

        /// Inks with a profile are what it says, at their own size, too. This one's cyan is yellow: by a guess the pictures would not be alike at all.
        @Test(arguments: ["inkprofile.jpg", "inkprofile.tif"]) func inksWithAProfile(_ name: String) async throws {
            let folder = try TemporaryFolder("rendered")
            let original = try await PictureSet.shared.value.path(name)
            let made = try await rendered(name, Rendering(format: .png), in: folder)
            let guessed = try await rendered("inks.jpg", Rendering(format: .png), in: folder)
            let verdicts = try await PictureSet.judge([.init(original: original, made: made), .init(original: original, made: guessed)])
            #expect(verdicts[0].mode == "RGB" && verdicts[0].ssim > 0.999 && verdicts[0].psnr > 58, "\(verdicts)")
            #expect(verdicts[1].psnr < 15, "\(verdicts)")
            let info = try PictureLibrary.loaded().info(of: try await PictureSet.shared.value.bytes(name))
            #expect(info.mode == "CMYK" && info.profile?.name == "Strange inks")
        }

        /// As large as it is and without loss, every pixel is Pillow's: nothing was converted that needs no conversion.
        @Test(arguments: [
            "colours.png", "grey.png", "palette.png", "bits.png", "alpha.png", "greyalpha.png", "colours.tif", "lossless.webp",
        ])
        func sameSizeIsTheSamePixels(_ name: String) async throws {
            let folder = try TemporaryFolder("rendered")
            let made = try await rendered(name, Rendering(format: .png), in: folder)
            let verdict = try #require(try await PictureSet.judge([.init(original: PictureSet.shared.value.path(name), made: made)]).first)
            #expect(verdict.psnr == 99 && (verdict.width, verdict.height) == (640, 480), "\(verdict)")
        }

        /// Each format, read back by Pillow. Lossy ones differ by what they lose.
        @Test(
            arguments: [
                (PictureFormat.jpeg, 90, 36.0, "JPEG"), (.png, nil, 54, "PNG"), (.webp, 90, 33, "WEBP"), (.avif, 80, 33, "AVIF"),
            ] as [(PictureFormat, Int?, Double, String)])
        func formats(_ format: PictureFormat, _ quality: Int?, _ psnr: Double, _ name: String) async throws {
            guard try PictureLibrary.loaded().writes(format) else {
                // An image without the codec may be built; then it is said, which CommandTests cover.
                #expect(throws: PictureError.cannotWrite(format)) {
                    try PictureLibrary.loaded().render([0xFF, 0xD8, 0xFF], as: Rendering(format: format))
                }
                return
            }
            let folder = try TemporaryFolder("rendered")
            let rendering = Rendering(size: RenderedSize(width: 320, height: 320), format: format, quality: quality)
            let made = try await rendered("colours.jpg", rendering, in: folder)
            let verdict = try #require(
                try await PictureSet.judge([.init(original: PictureSet.shared.value.path("colours.jpg"), made: made)]).first)
            #expect(verdict.format == name && (verdict.width, verdict.height) == (320, 240), "\(verdict)")
            #expect(verdict.psnr > psnr && verdict.ssim > 0.93, "\(verdict)")
        }

        @Test(arguments: 1...8) func orientations(_ orientation: Int) async throws {
            let folder = try TemporaryFolder("rendered")
            for rendering in [
                Rendering(size: RenderedSize(width: 160, height: 160), format: .png, metadata: .all),
                Rendering(size: RenderedSize(width: 100, height: 100, shape: .fill), format: .jpeg, quality: 95, metadata: .all),
                Rendering(format: .png),
            ] {
                let isFill = rendering.size.shape == .fill
                let made = try await rendered("turned\(orientation).jpg", rendering, in: folder)
                let original = try await PictureSet.shared.value.path("turned\(orientation).jpg")
                let verdict = try #require(try await PictureSet.judge([.init(original: original, made: made, fill: isFill)]).first)
                #expect(verdict.psnr > (isFill ? 28 : 48), "\(rendering.recipe): \(verdict)")
                // Turned once: nothing tells a viewer to turn it again.
                #expect(try await PictureSet.facts([made]).first?.orientation == 1)
            }
        }

        @Test func alphaOverAColour() async throws {
            let folder = try TemporaryFolder("rendered")
            for (format, background, over) in [
                (PictureFormat.jpeg, nil, "#ffffff"), (.jpeg, "#00ff00", "#00ff00"), (.png, "#102030", "#102030"),
            ] as [(PictureFormat, String?, String)] {
                let rendering = Rendering(format: format, quality: 95, background: background.flatMap { RGBColour($0) })
                for name in ["alpha.png", "greyalpha.png"] where name == "alpha.png" || background == nil {
                    let made = try await rendered(name, rendering, in: folder)
                    let verdict = try #require(
                        try await PictureSet.judge([.init(original: PictureSet.shared.value.path(name), made: made, background: over)])
                            .first)
                    #expect(verdict.psnr > (format == .png ? 50 : 34), "\(name) \(rendering.recipe): \(verdict)")
                    #expect(verdict.mode != "RGBA" && verdict.mode != "LA")
                }
            }
        }
    }
}
