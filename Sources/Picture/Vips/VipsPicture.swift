#if Pictures
    internal import CVips

    /// One VipsImage, released with its last owner. It does not leave the call that made it.
    final class VipsPicture {
        private let functions: UnsafePointer<GalleriaVips>
        /// libvips's own.
        let image: UnsafeMutablePointer<VipsImage>

        /// Takes what a function of libvips answered, which is NULL where it failed.
        init?(_ image: UnsafeMutablePointer<VipsImage>?, _ functions: UnsafePointer<GalleriaVips>) {
            guard let image else { return nil }
            self.image = image
            self.functions = functions
        }

        deinit { galleria_vips_release(functions, image) }

        var width: Int { Int(functions.pointee.vips_image_get_width(image)) }
        /// Of all frames, which libvips stacks.
        var height: Int { Int(functions.pointee.vips_image_get_height(image)) }
        var bands: Int { Int(functions.pointee.vips_image_get_bands(image)) }
        var format: VipsBandFormat { functions.pointee.vips_image_get_format(image) }
        var interpretation: VipsInterpretation { functions.pointee.vips_image_get_interpretation(image) }
        var hasAlpha: Bool { functions.pointee.vips_image_hasalpha(image) != 0 }
        var frames: Int { max(1, Int(functions.pointee.vips_image_get_n_pages(image))) }
        var frameHeight: Int { Int(functions.pointee.vips_image_get_page_height(image)) }
        var orientation: Int { Int(functions.pointee.vips_image_get_orientation(image)) }

        func has(_ name: String) -> Bool { functions.pointee.vips_image_get_typeof(image, name) != 0 }

        func integer(_ name: String) -> Int? {
            var value: Int32 = 0
            guard has(name), functions.pointee.vips_image_get_int(image, name, &value) == 0 else { return nil }
            return Int(value)
        }

        func text(_ name: String) -> String? {
            var value: UnsafePointer<CChar>?
            guard has(name), functions.pointee.vips_image_get_string(image, name, &value) == 0, let value else { return nil }
            return String(cString: value)
        }

        func blob(_ name: String) -> [UInt8]? {
            var value: UnsafeRawPointer?
            var count = 0
            guard has(name), functions.pointee.vips_image_get_blob(image, name, &value, &count) == 0, let value else { return nil }
            return Array(UnsafeRawBufferPointer(start: value, count: count))
        }

        /// The names of all metadata.
        var names: [String] {
            guard let list = functions.pointee.vips_image_get_fields(image) else { return [] }
            defer { functions.pointee.g_strfreev(list) }
            var names: [String] = []
            while let name = list[names.count] { names.append(String(cString: name)) }
            return names
        }

        func remove(_ name: String) { _ = functions.pointee.vips_image_remove(image, name) }
    }
#endif
