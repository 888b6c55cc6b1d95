import Digest
import Vocabulary

/// Removes what privacy asks for from every place of a photo that is known to hold it: all Exif blocks, XMP packets (extended ones
/// included), Photoshop's resources with their own Exif, XMP, IPTC and thumbnails, JFIF thumbnails, and the same in each image of a
/// multi-picture file. Then copies of the removed texts are looked for in all of them and in comments.
struct PrivacyWork {
    private let items: Set<PrivacyItem>
    private var texts: RemovedTexts
    private var stretches: [Stretch] = []
    private var mainIndex: Int?
    private(set) var gaps: [PrivacyGap] = []
    /// The edits of everything but the main Exif block.
    private(set) var edits = FileEdits()

    /// The first Exif block as edited; capture-time edits are planned on it, and it is committed with them.
    var main: Stretch? { mainIndex.map { stretches[$0] } }

    /// Does the work on a photo.
    init(_ photo: PhotoBytes, _ items: Set<PrivacyItem>, _ facts: PhotoFacts) throws {
        self.items = items
        texts = RemovedTexts(keeping: [facts.make, facts.model])
        try collect(&photo.head, base: 0, isMain: true)
        try collectImages(photo)
        for i in stretches.indices { apply(i) }
        for i in stretches.indices { sweep(i) }
        for i in stretches.indices where stretches[i].kind == .photoshop { renewDigest(i) }
        if let trailer = CameraSegment.sealedTrailer(try photo.tail(64)) { note(.unreadable(trailer)) }
        if items.contains(.gps), try photo.hasMotionPhotoMarker() { try removeVideoPlace(photo) }
        for (i, stretch) in stretches.enumerated() where i != mainIndex { stretch.commit(to: &edits) }
    }

    private mutating func note(_ gap: PrivacyGap) {
        if !gaps.contains(gap) { gaps.append(gap) }
    }

    /// Notes the stretches of one image whose first byte stands at `base`.
    private mutating func collect(_ head: inout JPEGHead, base: Int64, isMain: Bool) throws {
        var extended: [[UInt8]: [(offset: Int, range: Range<Int64>, view: ByteView)]] = [:]
        var resources: [(range: Range<Int64>, view: ByteView)] = []
        var blocks: [[(range: Range<Int64>, view: ByteView)]] = []
        for segment in head.segments {
            let view = try head.payload(segment)
            func part(_ skip: Int) -> (range: Range<Int64>, view: ByteView) {
                let skip = min(skip, view.count)
                let start = base + segment.payload.lowerBound + Int64(skip)
                return (start..<base + segment.payload.upperBound, view.slice(skip..<view.count))
            }
            switch segment.kind {
            case .exif: blocks.append([part(6)])
            case .exifContinuation: blocks[blocks.count - 1].append(part(6))
            case .xmp: stretches.append(Stretch(.xmp, [part(29)]))
            case .extendedXMP:
                guard view.count > 75 else { continue }
                let place = part(75)
                extended[Array(view[35..<67]), default: []].append((view.u32(71, bigEndian: true), place.range, place.view))
            case .photoshop: resources.append(part(14))
            case .jumbf: if view.contains("c2pa") { note(.signedClaim) }
            case .jfif: stretches.append(Stretch(.jfif, [part(0)]))
            case .other where view.has(GoProMetadata.signature): stretches.append(Stretch(.goPro, [part(0)]))
            case .other:
                if let name = CameraSegment.sealed(view, items) { note(.unreadable(name)) }
                // Some programs read XMP behind any signature.
                let start = view.position(of: "<?xpacket", from: 0) ?? view.position(of: "<x:xmpmeta", from: 0)
                stretches.append(start.map { Stretch(.xmp, [part($0)]) } ?? Stretch(.text, [part(0)]))
            case .mpf: break
            }
        }
        for (number, block) in blocks.enumerated() {
            stretches.append(Stretch(.tiff, block))
            if isMain, number == 0 { mainIndex = stretches.count - 1 }
        }
        for parts in extended.values {
            stretches.append(Stretch(.xmp, parts.sorted { $0.offset < $1.offset }.map { ($0.range, $0.view) }))
        }
        if !resources.isEmpty { stretches.append(Stretch(.photoshop, resources)) }
    }

    /// The other images of a multi-picture file have metadata of their own.
    private mutating func collectImages(_ photo: PhotoBytes) throws {
        for segment in photo.segments(.mpf) {
            let index = MultiPicture(segment: segment, payload: try photo.payload(segment))
            let images = index.images(behind: photo.scan, size: photo.size)
            if !images.isEmpty, items.contains(.thumbnail) { note(.pictureBehindImage) }
            for image in images {
                do {
                    var head = try JPEGHead(photo.part(image), keepsAll: true)
                    try collect(&head, base: image.lowerBound, isMain: false)
                } catch is Refusal {
                    // What is no JPEG has no metadata that anybody would find.
                    continue
                }
            }
        }
    }

    private mutating func apply(_ i: Int) {
        switch stretches[i].kind {
        case .tiff: removeFromBlock(i, 0..<stretches[i].bytes.count)
        case .xmp: removeFromPacket(i, 0..<stretches[i].bytes.count)
        case .photoshop: removeFromResources(i)
        case .jfif: if items.contains(.thumbnail) { removeJFIFThumbnail(i) }
        case .goPro: if !GoProMetadata.remove(items, from: &stretches[i].bytes, &texts) { note(.unreadable("its camera data (GoPro)")) }
        case .text: if items.contains(.serial) { removeSerials(i) }
        }
    }

    private mutating func removeSerials(_ i: Int) {
        for range in CameraSegment.serials(in: stretches[i].bytes) {
            texts.add(stretches[i].bytes[range])
            stretches[i].blank(range)
        }
    }

    private mutating func removeFromBlock(_ i: Int, _ range: Range<Int>) {
        guard let block = try? TIFFBlock(ByteView(Array(stretches[i].bytes[range]))) else {
            note(.unreadable("an Exif block"))
            return
        }
        var privacy = ExifPrivacy(block, items)
        privacy.apply(&texts)
        stretches[i].bytes.replaceSubrange(range, with: privacy.bytes)
        privacy.gaps.forEach { note($0) }
    }

    private mutating func removeFromPacket(_ i: Int, _ range: Range<Int>) {
        var packet = Array(stretches[i].bytes[range])
        if XMPPrivacy.apply(items, to: &packet, &texts) {
            stretches[i].bytes.replaceSubrange(range, with: packet)
        } else if packet.contains(where: { $0 > 32 }) {
            note(.brokenXMP)
        }
    }

    private mutating func removeFromResources(_ i: Int) {
        for resource in PhotoshopResources(stretches[i].bytes).resources {
            switch resource.number {
            case PhotoshopResources.iptc where items.contains(.owner):
                for set in PhotoshopResources.dataSets(stretches[i].bytes, resource.data)
                where set.record == 2 && [80, 118, 122].contains(set.number) {
                    texts.add(stretches[i].bytes[set.value])
                    stretches[i].fill(set.value, with: 32)
                }
            case _ where PhotoshopResources.thumbnails.contains(resource.number) && items.contains(.thumbnail):
                // An empty thumbnail would be announced as a broken one: the number becomes that of a plug-in's private data.
                stretches[i].fill(resource.data)
                stretches[i].bytes[resource.header] = 0x0F
                stretches[i].bytes[resource.header + 1] = 0xA0
            case _ where PhotoshopResources.exif.contains(resource.number) && resource.data.count >= 8: removeFromBlock(i, resource.data)
            case PhotoshopResources.xmp: removeFromPacket(i, resource.data)
            default: break
            }
        }
    }

    /// JFIF 1.02: the thumbnail of an APP0 `JFIF` is RGB behind its size; that of a `JFXX` is a whole JPEG, a palette image or RGB.
    private mutating func removeJFIFThumbnail(_ i: Int) {
        let count = stretches[i].bytes.count
        if stretches[i].bytes.starts(with: Array("JFXX\0".utf8)), count >= 8 {
            stretches[i].fill(5..<count)
            stretches[i].bytes[5] = 0x13
        } else if count > 14 {
            stretches[i].fill(14..<count)
        }
    }

    /// Overwrites copies of the removed texts.
    private mutating func sweep(_ i: Int) {
        switch stretches[i].kind {
        case .xmp: XMPPrivacy.sweep(&stretches[i].bytes, texts)
        case .tiff:
            let directories = (try? TIFFBlock(ByteView(stretches[i].bytes)))?.directories ?? []
            for range in texts.occurrences(in: stretches[i].bytes) where !directories.contains(where: { $0.range.overlaps(range) }) {
                stretches[i].blank(range)
            }
        case .photoshop:
            // Where values follow each other without a gap, each is looked through by itself.
            for resource in PhotoshopResources(stretches[i].bytes).resources {
                let values =
                    resource.number == PhotoshopResources.iptc
                    ? PhotoshopResources.dataSets(stretches[i].bytes, resource.data).map(\.value) : [resource.data]
                for value in values {
                    for range in texts.occurrences(in: Array(stretches[i].bytes[value])) {
                        stretches[i].blank(value.lowerBound + range.lowerBound..<value.lowerBound + range.upperBound)
                    }
                }
            }
        case .text:
            for range in texts.occurrences(in: stretches[i].bytes) { stretches[i].blank(range) }
        case .jfif, .goPro: break
        }
    }

    /// A digest that fitted the IPTC resource before fits it afterwards.
    private mutating func renewDigest(_ i: Int) {
        let resources = PhotoshopResources(stretches[i].bytes).resources
        guard let iptc = resources.first(where: { $0.number == PhotoshopResources.iptc }),
            let digest = resources.first(where: { $0.number == PhotoshopResources.iptcDigest && $0.data.count == 16 }),
            MD5.digest(of: Array(stretches[i].original[iptc.data])).bytes == Array(stretches[i].original[digest.data])
        else { return }
        stretches[i].bytes.replaceSubrange(digest.data, with: MD5.digest(of: Array(stretches[i].bytes[iptc.data])).bytes)
    }

    /// The place in a motion photo's video: a QuickTime text `©xyz` such as "+59.3293+018.0686/" (ISO 6709), its digits become 0.
    private mutating func removeVideoPlace(_ photo: PhotoBytes) throws {
        for range in try photo.videoPlaces() { edits.overwrite(range.lowerBound, try photo.zeroDigits(range)) }
        note(.video)
    }
}
