import Foundation
import Picture
import TestSupport
import Testing

extension PictureSuite {
    @Suite struct InspectionTests {
        static let pictures = [
            "colours.jpg", "progressive.jpg", "colours.png", "colours.webp", "colours.avif", "colours.tif", "grey.jpg", "grey.png",
            "bits.png",
            "palette.png", "still.gif", "sixteen.png", "inks.jpg", "alpha.png", "alpha.webp", "greyalpha.png", "profile.jpg", "turned6.jpg",
            "turned.webp", "told.jpg", "moving.gif", "moving.webp", "black.png",
        ]

        /// The same facts as Pillow's, whose names they bear.
        @Test func factsArePillows() async throws {
            let set = try await PictureSet.shared.value
            for facts in try await PictureSet.facts(Self.pictures.map { set.path($0) }) {
                let name = String(facts.path.split(separator: "/").last ?? "")
                let info = try PictureLibrary.loaded().info(of: set.bytes(name))
                #expect((info.width, info.height) == (facts.width ?? 0, facts.height ?? 0), "\(name)")
                #expect(info.format.rawValue == facts.format, "\(name)")
                #expect(info.mode == facts.mode, "\(name)")
                #expect(info.frames == facts.frames, "\(name)")
                #expect(info.orientation == facts.orientation, "\(name)")
                #expect(info.profile?.size == facts.icc, "\(name)")
                #expect(info.captureTime == facts.taken && info.captureOffset == facts.offset, "\(name)")
                #expect(info.isInterlaced == (name == "progressive.jpg"), "\(name)")
            }
        }

        /// A whole picture passes; its first half does not, or is an animation of fewer frames.
        @Test(arguments: pictures) func whole(_ name: String) async throws {
            let bytes = try await PictureSet.shared.value.bytes(name)
            let library = try PictureLibrary.loaded()
            let info = try library.validate(bytes)
            do throws(PictureError) {
                let half = try library.validate(Array(bytes.prefix(bytes.count / 2)))
                #expect(half.frames < info.frames)
            } catch {
                guard case .broken = error else { return #expect(Bool(false), "\(error)") }
            }
        }

        @Test(arguments: [
            ("cut.jpg", "Premature end"), ("cut.png", "libpng read error"), ("cut.webp", "parse"), ("cut.avif", "end of file"),
            ("cut.tif", "Read error"), ("headonly.jpg", "Premature end"), ("damaged.png", "libpng read error"),
            ("damaged.jpg", "premature end of data segment"),
        ])
        func damaged(_ name: String, _ words: String) async throws {
            let bytes = try await PictureSet.shared.value.bytes(name)
            let error = #expect(throws: PictureError.self) { try PictureLibrary.loaded().validate(bytes) }
            guard case .broken(let cause) = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(cause.contains(words), "\(cause)")
            // What only costs pixels is shown by every viewer, and derived from; what is not there is not.
            if name != "damaged.jpg" {
                #expect(throws: PictureError.self) {
                    try PictureLibrary.loaded().render(bytes, as: Rendering(size: RenderedSize(width: 50), format: .webp))
                }
            }
        }

        @Test(arguments: ["empty.jpg", "text.jpg", "vector.svg"]) func noPictures(_ name: String) async throws {
            let bytes = try await PictureSet.shared.value.bytes(name)
            #expect(throws: PictureError.unknownFormat) { try PictureLibrary.loaded().info(of: bytes) }
            #expect(throws: PictureError.unknownFormat) { try PictureLibrary.loaded().validate(bytes) }
            #expect(throws: PictureError.unknownFormat) { try PictureLibrary.loaded().render(bytes, as: Rendering(format: .png)) }
        }

        /// Refused by the header: nothing of them is decoded.
        @Test func bombs() async throws {
            let set = try await PictureSet.shared.value
            let library = try PictureLibrary.loaded()
            let bomb = try set.bytes("bomb.png")
            let refusal = PictureError.tooManyPixels(width: 60_000, height: 60_000, limit: PictureLimits.standard.pixels)
            #expect(throws: refusal) { try library.validate(bomb) }
            #expect(throws: refusal) { try library.render(bomb, as: Rendering(format: .jpeg)) }
            let interlaced = try set.bytes("interlaced-bomb.png")
            let error = #expect(throws: PictureError.self) { try library.render(interlaced, as: Rendering(format: .jpeg)) }
            guard case .tooMuchMemory(let needed, let limit) = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(needed > 600 << 20 && limit == 512 << 20)
            let moving = try set.bytes("moving.gif")
            let few = PictureLimits(pixels: 1_000_000, memory: 100 << 20, frames: 3)
            #expect(throws: PictureError.tooManyFrames(4, limit: 3)) { try library.validate(moving, limits: few) }
            #expect(throws: PictureError.tooManyPixels(width: 640, height: 480, limit: 1000)) {
                try library.render(
                    try set.bytes("colours.jpg"), as: Rendering(format: .png),
                    limits: PictureLimits(pixels: 1000, memory: 1 << 30, frames: 1))
            }
        }

        /// libvips's threads share one buffer of errors; each picture's fault is its own all the same.
        @Test func faultsAreNotMixedUp() async throws {
            let set = try await PictureSet.shared.value
            let library = try PictureLibrary.loaded()
            let faults = [
                ("cut.jpg", "Premature end"), ("damaged.png", "libpng"), ("cut.webp", "parse"), ("cut.tif", "scanline"),
                ("colours.jpg", ""),
            ]
            let pictures = try faults.map { (try set.bytes($0.0), $0.1) }
            await withTaskGroup(of: (String, String).self) { group in
                for _ in 0..<12 {
                    for (bytes, words) in pictures {
                        group.addTask {
                            do {
                                _ = try library.validate(bytes)
                                return ("", words)
                            } catch {
                                return ("\(error)", words)
                            }
                        }
                    }
                }
                for await (said, words) in group {
                    #expect(words.isEmpty ? said.isEmpty : said.contains(words), "\(said)")
                    for (_, others) in faults where !others.isEmpty && others != words { #expect(!said.contains(others), "\(said)") }
                }
            }
        }

        /// Files of cameras, where the folder of samples is there: what Pillow decodes is whole, what it does not is not.
        @Test(.enabled(if: samples != nil, "no folder of samples (GALLERIA_SHARED)")) func samplesAsPillowSeesThem() async throws {
            let folder = try #require(Self.samples)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            let library = try PictureLibrary.loaded()
            for facts in try await PictureSet.facts(names.map { "\(folder)/\($0)" }) {
                let bytes = [UInt8](FileManager.default.contents(atPath: facts.path) ?? Data())
                guard facts.error == nil, let width = facts.width, let height = facts.height else {
                    #expect(throws: PictureError.self, "\(facts)") { try library.validate(bytes) }
                    continue
                }
                guard let info = try? library.info(of: bytes) else { continue }
                #expect((info.width, info.height) == (width, height), "\(facts)")
                #expect(info.orientation == facts.orientation || facts.orientation == nil, "\(facts)")
            }
        }

        private static let samples: String? = {
            let shared = ProcessInfo.processInfo.environment["GALLERIA_SHARED"] ?? PackageFolder.path("../shared")
            let path = shared + "/exif-samples"
            return FileManager.default.fileExists(atPath: path) ? path : nil
        }()
    }
}
