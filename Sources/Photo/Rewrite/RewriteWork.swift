import Vocabulary

/// The rewrite of one photo, step by step: read facts, match a rule, plan, verify, assemble.
struct RewriteWork {
    let path: Key
    let rules: CaptureRules
    let size: Int64
    let isDoublyRead: Bool
    let readsMakerNote: Bool

    private var facts = PhotoFacts()
    private var blocks: [(segment: Segment, block: TIFFBlock)] = []
    private var match: (index: Int?, mismatches: [CaptureRule.Mismatch])?
    private var edits = FileEdits()
    private var method: PhotoMethod?
    private var target: CaptureTarget?
    private var warnings: [PhotoWarning] = []
    private var refusal: Refusal?

    init(path: Key, rules: CaptureRules, size: Int64, isDoublyRead: Bool, readsMakerNote: Bool) {
        self.path = path
        self.rules = rules
        self.size = size
        self.isDoublyRead = isDoublyRead
        self.readsMakerNote = readsMakerNote
    }

    private var row: CaptureTimes.Row? { rules.times.rows[path] }

    private var correction: CaptureCorrection {
        match?.index.map { rules.rules[$0].correction } ?? CaptureCorrection()
    }

    /// Reads the Exif blocks. The first one counts; that it cannot be read is a refusal.
    mutating func read(_ photo: PhotoBytes) throws {
        for segment in photo.segments(.exif) {
            do {
                let view = try photo.payload(segment, dropping: 6)
                blocks.append((segment, try TIFFBlock(view)))
            } catch let refusal as Refusal {
                if blocks.isEmpty { throw refusal }
            }
        }
        if let first = blocks.first { facts = PhotoFacts(first.block) }
        if readsMakerNote, facts.serial == nil, let first = blocks.first, first.block.exif?.first(Tag.makerNote) != nil {
            facts.serial = SecondReader(tiff: first.block.view.bytes)?.makerNoteSerial
        }
        if !facts.hasGPS { facts.hasGPS = try Neighbours.xmpHasGPS(photo) }
    }

    /// Plans what the matching rule asks for.
    mutating func correct(_ photo: PhotoBytes) throws {
        let match = rules.match(path: path, facts)
        self.match = match
        guard row != nil || !correction.isIdentity else { return }
        let target = try CaptureTarget(correction, row: row, facts: facts)
        self.target = target
        warnings += target.warnings
        guard target.exif != ExifTarget() else { return }
        if let first = blocks.first {
            try edit(first.block, in: first.segment, photo, target)
        } else {
            try create(photo, target)
        }
        warnings += try Neighbours.contradictions(photo, time: target.time)
        if !edits.isEmpty, try Neighbours.isSigned(photo) { warnings.append(.signatureBroken) }
    }

    private mutating func edit(_ block: TIFFBlock, in segment: Segment, _ photo: PhotoBytes, _ target: CaptureTarget) throws {
        let base = segment.payload.lowerBound + 6
        let editor = ExifEditor(block: block, target: target.exif, growth: PhotoGrowth(photo: photo, base: base))
        let edit = try editor.plan()
        if let obstacle = edit.offsetObstacle { warnings.append(.offsetLeftOut(obstacle)) }
        guard !edit.isEmpty else { return }
        guard !blocks.dropFirst().contains(where: { $0.block.exif?.first(Tag.dateTimeOriginal) != nil }) else {
            throw Refusal.severalCaptureTimes
        }
        try ExifProof.check(block, edit, target.exif)
        if isDoublyRead { try ExifProof.checkAgain(block, edit, target.exif) }
        for patch in edit.patches { edits.overwrite(base + Int64(patch.position), patch.bytes) }
        if !edit.appended.isEmpty {
            var length: [UInt8] = []
            length.append16(Int(segment.payload.upperBound - segment.payload.lowerBound) + 2 + edit.appended.count, bigEndian: true)
            edits.overwrite(segment.marker + 2, length)
            edits.insert(segment.payload.upperBound, edit.appended)
            try moveImages(photo, growth: Int64(edit.appended.count), at: segment.payload.upperBound)
        }
        method = edit.method
    }

    private mutating func create(_ photo: PhotoBytes, _ target: CaptureTarget) throws {
        guard !photo.head.hasMisplacedExif else { throw Refusal.misplacedExif }
        guard try !photo.hasAFCPTrailer() else { throw Refusal.noRoom(.afcpTrailer) }
        let segment = ExifCreation.segment(target.exif)
        edits.insert(photo.head.insertion, segment)
        do {
            try moveImages(photo, growth: Int64(segment.count), at: photo.head.insertion)
        } catch let obstacle as GrowthObstacle {
            throw Refusal.noRoom(obstacle)
        }
        method = .created
    }

    private mutating func moveImages(_ photo: PhotoBytes, growth: Int64, at position: Int64) throws {
        for segment in photo.segments(.mpf) {
            let index = MultiPicture(segment: segment, payload: try photo.payload(segment))
            for patch in try index.patches(growth: growth, at: position, scan: photo.scan, size: size) {
                edits.overwrite(patch.position, patch.bytes)
            }
        }
    }

    /// Drops everything planned. Where no rule asks for anything, an unreadable photo is nothing to report.
    mutating func refuse(_ reason: Refusal) {
        let match = self.match ?? rules.match(path: path, facts)
        self.match = match
        edits = FileEdits()
        method = nil
        target = nil
        warnings = []
        if row != nil || !correction.isIdentity { refusal = reason }
    }

    /// The result; what is not an identity is a refusal where the edits do not fit together.
    mutating func result() -> PhotoRewrite {
        var splice = Splice.whole(size: size)
        if !edits.isEmpty {
            if let planned = edits.splice(size: size) { splice = planned } else { refuse(.verificationFailed) }
        }
        let isPartial = warnings.contains {
            if case .offsetLeftOut = $0 { true } else { false }
        }
        let hasTarget = target.map { $0.exif != ExifTarget() } ?? false
        return PhotoRewrite(
            splice: splice, method: method ?? .untouched(reason(isPartial)), facts: facts,
            timeAfter: hasTarget && target?.exif.time != nil ? target?.time : facts.captureTime,
            offsetAfter: hasTarget && !isPartial ? target?.offset : facts.offset, rule: match?.index,
            mismatches: match?.mismatches ?? [], usedTable: row != nil, warnings: warnings, refusal: refusal)
    }

    private func reason(_ isPartial: Bool) -> UntouchedReason {
        if refusal != nil { return .refused }
        if row == nil, match?.index == nil { return .noRule }
        if row == nil, correction.isIdentity { return .nothingAsked }
        if isPartial { return .offsetLeftOut }
        return target?.time == nil ? .noCaptureTime : .alreadyRight
    }
}
