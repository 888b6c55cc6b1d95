#if Pictures
    internal import CVips

    extension Vips {
        func render(
            _ bytes: UnsafeRawBufferPointer, _ rendering: Rendering, _ limits: PictureLimits
        ) throws(PictureError) -> RenderedPicture {
            guard writes(rendering.format) else { throw .cannotWrite(rendering.format) }
            _ = try header(bytes, limits)
            let size = rendering.size
            // libvips's own limit of a side stands for one that is open.
            let open: Int32 = 10_000_000
            guard
                let upright = VipsPicture(
                    galleria_vips_thumbnail(
                        functions, bytes.baseAddress, bytes.count, "[fail_on=error]", size.width.map(Int32.init(clamping:)) ?? open,
                        size.height.map(Int32.init(clamping:)) ?? open, size.enlarges ? VIPS_SIZE_BOTH : VIPS_SIZE_DOWN,
                        size.shape == .fill ? VIPS_INTERESTING_CENTRE : VIPS_INTERESTING_NONE), functions)
            else { throw .broken("") }
            guard max(upright.width, upright.height) <= rendering.format.maxSide else {
                throw .tooLargeForFormat(rendering.format, width: upright.width, height: upright.height)
            }
            let flat = try flattened(upright, rendering)
            guard let picture = VipsPicture(galleria_vips_copy(functions, flat.image), functions) else {
                throw .notWritten(rendering.format, "")
            }
            for name in picture.names where !rendering.metadata.keeps(name) { picture.remove(name) }
            return RenderedPicture(bytes: try save(picture, rendering, bytes), width: picture.width, height: picture.height)
        }

        private func flattened(_ picture: VipsPicture, _ rendering: Rendering) throws(PictureError) -> VipsPicture {
            guard picture.hasAlpha, rendering.background != nil || !rendering.format.hasAlpha else { return picture }
            let colour = rendering.background ?? .white
            guard
                let flat = VipsPicture(
                    galleria_vips_flatten(functions, picture.image, Double(colour.red), Double(colour.green), Double(colour.blue)),
                    functions)
            else { throw .notWritten(rendering.format, "") }
            return flat
        }

        private func save(
            _ picture: VipsPicture, _ rendering: Rendering, _ original: UnsafeRawBufferPointer
        ) throws(PictureError) -> [UInt8] {
            var memory: UnsafeMutableRawPointer?
            var count = 0
            let quality = Int32(rendering.quality ?? 0)
            let strip: Int32 = rendering.metadata == .none ? 1 : 0
            let fault =
                switch rendering.format {
                case .jpeg: galleria_vips_save_jpeg(functions, picture.image, &memory, &count, quality, strip)
                case .png: galleria_vips_save_png(functions, picture.image, &memory, &count, strip)
                case .webp: galleria_vips_save_webp(functions, picture.image, &memory, &count, quality, strip)
                case .avif: galleria_vips_save_avif(functions, picture.image, &memory, &count, quality, strip)
                }
            guard fault == 0, let memory else {
                // Pixels are decoded while they are written: whose fault it was, another look at the original tells.
                guard let again = open(original, "", VIPS_FAIL_ON_ERROR), galleria_vips_read_all(functions, again.image) == 0 else {
                    throw .broken("")
                }
                throw .notWritten(rendering.format, "")
            }
            defer { functions.pointee.g_free(memory) }
            return Array(UnsafeRawBufferPointer(start: memory, count: count))
        }
    }

    extension KeptMetadata {
        /// Whether a field of libvips's stays. Exif's block is made anew of its fields, so that what is not among them is not in it.
        fileprivate func keeps(_ name: String) -> Bool {
            switch name {
            case "orientation", "exif-ifd0-Orientation", "jpeg-thumbnail-data", "icc-profile-data", "heif-primary", "n-pages",
                "page-height":
                return false
            case "exif-data", "xmp-data", "iptc-data", "photoshop-data": return self == .all
            case "exif-ifd0-Copyright", "exif-ifd0-Artist": return contains(.copyright)
            case "exif-ifd2-DateTimeOriginal", "exif-ifd2-SubSecTimeOriginal", "exif-ifd2-OffsetTimeOriginal": return contains(.captureTime)
            default:
                // Comments of PNG and JPEG, and whatever else a loader attaches, tell of the picture; the rest is libvips's own.
                if name.hasPrefix("exif-ifd1-") { return false }
                return !(name.hasPrefix("exif-") || name.hasPrefix("png-comment") || name.contains("comment")) || self == .all
            }
        }
    }
#endif
