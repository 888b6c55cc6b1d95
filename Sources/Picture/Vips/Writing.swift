#if Pictures
    internal import CVips

    extension Vips {
        func render(
            _ bytes: UnsafeRawBufferPointer, _ rendering: Rendering, _ limits: PictureLimits
        ) throws(PictureError) -> RenderedPicture {
            guard writes(rendering.format) else { throw .cannotWrite(rendering.format) }
            let info = try header(bytes, limits)
            let upright = try upright(bytes, info, rendering.size)
            guard max(upright.width, upright.height) <= rendering.format.maxSide else {
                throw .tooLargeForFormat(rendering.format, width: upright.width, height: upright.height)
            }
            let flat = try flattened(upright, rendering)
            guard let picture = VipsPicture(galleria_vips_copy(functions, flat.image), functions) else {
                throw .notWritten(rendering.format, "")
            }
            keep(rendering.metadata, of: picture)
            return RenderedPicture(bytes: try save(picture, rendering, bytes), width: picture.width, height: picture.height)
        }

        /// The picture as large as asked for, upright, in sRGB or grey.
        private func upright(
            _ bytes: UnsafeRawBufferPointer, _ info: PictureInfo, _ size: RenderedSize
        ) throws(PictureError) -> VipsPicture {
            // libvips's own limit of a side stands for one that is open.
            let (width, height) = (Int32(clamping: size.width ?? 10_000_000), Int32(clamping: size.height ?? 10_000_000))
            let direction = size.enlarges ? VIPS_SIZE_BOTH : VIPS_SIZE_DOWN
            let crop = size.shape == .fill ? VIPS_INTERESTING_CENTRE : VIPS_INTERESTING_NONE
            // vips_thumbnail_buffer of 8.14 converts inks by a profile of its own before it looks at the picture's. A profile that cannot be
            // understood is none, here and below.
            if info.mode == "CMYK", info.profile != nil, let inks = open(bytes, "", VIPS_FAIL_ON_ERROR),
                let colours = VipsPicture(galleria_vips_to_srgb(functions, inks.image), functions)
            {
                guard
                    let upright = VipsPicture(
                        galleria_vips_thumbnail_image(functions, colours.image, width, height, direction, crop), functions)
                else { throw .broken("") }
                return upright
            }
            for profile in info.profile == nil ? [false] : [true, false] {
                let image = galleria_vips_thumbnail(
                    functions, bytes.baseAddress, bytes.count, "[fail_on=error]", width, height, direction, crop, profile ? 1 : 0)
                if let upright = VipsPicture(image, functions) { return upright }
            }
            throw .broken("")
        }

        /// Leaves of the metadata what is kept.
        private func keep(_ metadata: KeptMetadata, of picture: VipsPicture) {
            for name in picture.names where !metadata.keeps(name) { picture.remove(name) }
            guard metadata != .none else { return }
            if metadata != .all {
                // A block of its own, into which nothing comes but the fields that are left, each as it was.
                galleria_vips_set_empty_exif(functions, picture.image)
                for name in picture.names where name.hasPrefix("exif-ifd") {
                    guard let value = picture.text(name).flatMap(VipsText.exifValue) else { continue }
                    galleria_vips_set_text(functions, picture.image, name, VipsText.exifText(value))
                }
            }
            // Whatever the original's colours were, what is written is sRGB (Exif 2.32 §4.6.5 B, ColorSpace).
            galleria_vips_set_text(functions, picture.image, "exif-ifd2-ColorSpace", "1")
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
