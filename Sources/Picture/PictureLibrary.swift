/// libvips, loaded. What it does with one picture it does on the calling thread: many at once are many threads of the caller's.
public struct PictureLibrary: Sendable {
    #if Pictures
        private let vips: Vips

        private init(_ vips: Vips) { self.vips = vips }
    #else
        private init() {}
    #endif

    /// The program was built with libvips.
    public static var isBuilt: Bool {
        #if Pictures
            true
        #else
            false
        #endif
    }

    /// Loads libvips, once for the process: `notBuilt` or `libraryMissing` where it cannot be had.
    public static func loaded() throws(PictureError) -> PictureLibrary {
        #if Pictures
            PictureLibrary(try Vips.shared.get())
        #else
            throw .notBuilt
        #endif
    }

    /// The release, such as `8.14.1`.
    public var version: String {
        #if Pictures
            vips.version
        #else
            ""
        #endif
    }

    /// Whether this machine's libvips writes a format.
    public func writes(_ format: PictureFormat) -> Bool {
        #if Pictures
            vips.writes(format)
        #else
            false
        #endif
    }

    /// What a picture's header says; nothing is decoded.
    public func info(of bytes: [UInt8]) throws(PictureError) -> PictureInfo {
        #if Pictures
            try bytes.withPointer { buffer throws(PictureError) in
                try vips.attributing { () throws(PictureError) in try vips.header(buffer) }
            }
        #else
            throw .notBuilt
        #endif
    }

    /// Decodes every pixel of every frame. Throws `broken` where something of the file is damaged or missing.
    public func validate(_ bytes: [UInt8], limits: PictureLimits = .standard) throws(PictureError) -> PictureInfo {
        #if Pictures
            try bytes.withPointer { buffer throws(PictureError) in
                try vips.validate(buffer, limits)
            }
        #else
            throw .notBuilt
        #endif
    }

    /// Makes a picture of the first frame of another. The original's limits are judged by its header; a damaged one throws `broken`.
    public func render(
        _ bytes: [UInt8], as rendering: Rendering, limits: PictureLimits = .standard
    ) throws(PictureError) -> RenderedPicture {
        #if Pictures
            try bytes.withPointer { buffer throws(PictureError) in
                try vips.attributing { () throws(PictureError) in try vips.render(buffer, rendering, limits) }
            }
        #else
            throw .notBuilt
        #endif
    }
}

#if Pictures
    extension [UInt8] {
        /// `withUnsafeBytes` with the error's type kept.
        fileprivate func withPointer<Value>(
            _ body: (UnsafeRawBufferPointer) throws(PictureError) -> Value
        ) throws(PictureError) -> Value {
            let result: Result<Value, PictureError> = withUnsafeBytes { buffer in
                do throws(PictureError) { return .success(try body(buffer)) } catch { return .failure(error) }
            }
            return try result.get()
        }
    }
#endif
