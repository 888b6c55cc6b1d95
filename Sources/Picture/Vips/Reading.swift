#if Pictures
    internal import CVips

    extension Vips {
        /// What the header says. `broken` where it cannot be read.
        func header(_ bytes: UnsafeRawBufferPointer) throws(PictureError) -> PictureInfo {
            let format = try self.format(bytes)
            guard let picture = open(bytes, "", VIPS_FAIL_ON_NONE) else { throw .broken("") }
            let bits =
                switch picture.format {
                case VIPS_FORMAT_UCHAR, VIPS_FORMAT_CHAR: 8
                case VIPS_FORMAT_USHORT, VIPS_FORMAT_SHORT: 16
                case VIPS_FORMAT_DOUBLE: 64
                default: 32
                }
            return PictureInfo(
                width: picture.width, height: picture.frameHeight, format: format, mode: mode(picture, format, bytes, bits),
                channels: picture.bands,
                bits: bits,
                hasAlpha: picture.hasAlpha, frames: picture.frames,
                isInterlaced: picture.integer("interlaced") == 1,
                orientation: picture.orientation,
                profile: picture.blob("icc-profile-data").map { ColourProfile(name: ProfileName.of($0), size: $0.count) },
                captureTime: picture.text("exif-ifd2-DateTimeOriginal").flatMap(VipsText.exifValue),
                captureOffset: picture.text("exif-ifd2-OffsetTimeOriginal").flatMap(VipsText.exifValue))
        }

        /// The header, after it was judged.
        func header(_ bytes: UnsafeRawBufferPointer, _ limits: PictureLimits) throws(PictureError) -> PictureInfo {
            let info = try header(bytes)
            guard info.width * info.height <= limits.pixels else {
                throw .tooManyPixels(width: info.width, height: info.height, limit: limits.pixels)
            }
            guard info.decodingMemory <= limits.memory else { throw .tooMuchMemory(needed: info.decodingMemory, limit: limits.memory) }
            return info
        }

        /// Decodes all; `failOn` says how bad a fault must be.
        func validate(
            _ bytes: UnsafeRawBufferPointer, _ limits: PictureLimits, failOn: VipsFailOn
        ) throws(PictureError) -> PictureInfo {
            let info = try header(bytes, limits)
            guard info.frames <= limits.frames else { throw .tooManyFrames(info.frames, limit: limits.frames) }
            guard let picture = open(bytes, info.frames > 1 ? "[n=-1]" : "", failOn),
                galleria_vips_read_all(functions, picture.image) == 0
            else { throw .broken("") }
            return info
        }

        /// Decodes all, and takes what libjpeg only warns of for damage unless it is harmless. Warnings are told one at a time, so that behind a harmless
        /// one another look tells whether anything worse follows.
        func validate(_ bytes: UnsafeRawBufferPointer, _ limits: PictureLimits) throws(PictureError) -> PictureInfo {
            do {
                return try attributing { () throws(PictureError) in try validate(bytes, limits, failOn: VIPS_FAIL_ON_WARNING) }
            } catch {
                guard case .broken(let cause) = error, VipsText.isHarmless(cause) else { throw error }
            }
            return try attributing { () throws(PictureError) in try validate(bytes, limits, failOn: VIPS_FAIL_ON_ERROR) }
        }

        func open(_ bytes: UnsafeRawBufferPointer, _ options: String, _ failOn: VipsFailOn) -> VipsPicture? {
            VipsPicture(galleria_vips_open(functions, bytes.baseAddress, bytes.count, options, failOn), functions)
        }

        private func format(_ bytes: UnsafeRawBufferPointer) throws(PictureError) -> PictureInfo.Format {
            guard bytes.count > 0, let name = functions.pointee.vips_foreign_find_load_buffer(bytes.baseAddress, bytes.count) else {
                throw .unknownFormat
            }
            switch String(cString: name) {
            case "VipsForeignLoadJpegBuffer": return .jpeg
            case "VipsForeignLoadPngBuffer": return .png
            case "VipsForeignLoadWebpBuffer": return .webp
            case "VipsForeignLoadNsgifBuffer": return .gif
            case "VipsForeignLoadTiffBuffer": return .tiff
            // The major brand stands at byte 8 (ISO/IEC 14496-12 §4.3).
            case "VipsForeignLoadHeifBuffer": return bytes.count > 12 && bytes[8..<12].elementsEqual("avif".utf8) ? .avif : .heif
            default: throw .unknownFormat
            }
        }

        private func mode(_ picture: VipsPicture, _ format: PictureInfo.Format, _ bytes: UnsafeRawBufferPointer, _ bits: Int) -> String {
            switch format {
            case .gif: return "P"
            // Depth and colour type stand at bytes 24 and 25 (PNG §11.2.1); libvips makes them bytes of grey or colour.
            case .png where bytes.count > 25 && bytes[25] == 3: return "P"
            case .png where bytes.count > 25 && bytes[24] == 1 && bytes[25] == 0: return "1"
            default: break
            }
            let name =
                switch (picture.interpretation, picture.bands) {
                case (VIPS_INTERPRETATION_CMYK, _): "CMYK"
                case (_, 1): bits > 8 ? "I" : "L"
                case (_, 2): "LA"
                case (_, 3): "RGB"
                default: "RGBA"
                }
            return bits > 8 ? "\(name);\(bits)" : name
        }
    }
#endif
