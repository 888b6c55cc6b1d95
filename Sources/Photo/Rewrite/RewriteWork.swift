import Vocabulary

/// The rewrite of one photo, step by step: read facts, remove what is private, match a rule, plan, verify, assemble.
struct RewriteWork {
    let path: Key
    let rewriter: PhotoRewriter
    let size: Int64
    let readsMakerNote: Bool

    private var facts = PhotoFacts()
    private var blocks: [(segment: Segment, block: TIFFBlock)] = []
    private var match: (index: Int?, mismatches: [CaptureRule.Mismatch])?
    private var target: CaptureTarget?
    /// Overwritten bytes of the first Exif block, by position in it; the block stands at `base` in the file.
    private var patches: [ExifEdit.Patch] = []
    private var base: Int64 = 0
    /// All other edits on account of the capture time.
    private var edits = FileEdits()
    private var method: PhotoMethod?
    private var warnings: [PhotoWarning] = []
    private var refusal: Refusal?
    private var privacy: PrivacyWork?
    private var gaps: [PrivacyGap] = []

    init(path: Key, rewriter: PhotoRewriter, size: Int64, readsMakerNote: Bool) {
        self.path = path
        self.rewriter = rewriter
        self.size = size
        self.readsMakerNote = readsMakerNote
    }

    private var row: CaptureTimes.Row? { rewriter.rules.times.rows[path] }

    private var correction: CaptureCorrection {
        match?.index.map { rewriter.rules.rules[$0].correction } ?? CaptureCorrection()
    }

    /// Does all steps on a photo whose head could be read.
    mutating func run(_ photo: PhotoBytes) throws {
        do {
            try read(photo)
        } catch let reason as Refusal {
            refuse(reason)
        }
        if !rewriter.privacy.isEmpty {
            let work = try PrivacyWork(photo, rewriter.privacy, facts)
            privacy = work
            gaps = work.gaps
        }
        guard refusal == nil else { return }
        do {
            try correct(photo)
        } catch let reason as Refusal {
            refuse(reason)
        }
    }

    /// Reads the Exif blocks. The first one counts; that it cannot be read is a refusal.
    private mutating func read(_ photo: PhotoBytes) throws {
        for segment in photo.segments(.exif) {
            do {
                let view = try photo.payload(segment, dropping: 6)
                blocks.append((segment, try TIFFBlock(view)))
            } catch let reason as Refusal {
                if blocks.isEmpty { throw reason }
            }
        }
        if let first = blocks.first { facts = PhotoFacts(first.block) }
        if readsMakerNote, facts.serial == nil, let first = blocks.first, first.block.exif?.first(Tag.makerNote) != nil {
            facts.serial = SecondReader(tiff: first.block.view.bytes)?.makerNoteSerial
        }
        if !facts.hasGPS { facts.hasGPS = try Neighbours.xmpHasGPS(photo) }
    }

    /// Plans what the matching rule asks for.
    private mutating func correct(_ photo: PhotoBytes) throws {
        match = rewriter.rules.match(path: path, facts)
        guard row != nil || !correction.isIdentity else { return }
        let target = try CaptureTarget(correction, row: row, facts: facts)
        self.target = target
        warnings += target.warnings
        guard target.exif != ExifTarget() else { return }
        if let first = blocks.first {
            try edit(first.segment, first.block, photo, target)
        } else {
            try create(photo, target)
        }
        warnings += try Neighbours.contradictions(photo, time: target.time)
        if method != nil, try Neighbours.isSigned(photo) { warnings.append(.signatureBroken) }
    }

    private mutating func edit(_ segment: Segment, _ original: TIFFBlock, _ photo: PhotoBytes, _ target: CaptureTarget) throws {
        base = segment.payload.lowerBound + 6
        // What privacy has removed is gone before room is looked for.
        let block = try privacy?.main.map { try TIFFBlock(ByteView(Array($0.bytes.prefix(original.view.count)))) } ?? original
        let editor = ExifEditor(block: block, target: target.exif, growth: PhotoGrowth(photo: photo, base: base))
        let edit = try editor.plan()
        if let obstacle = edit.offsetObstacle { warnings.append(.offsetLeftOut(obstacle)) }
        warnings += edit.warnings
        guard !edit.isEmpty else { return }
        guard !blocks.dropFirst().contains(where: { $0.block.exif?.first(Tag.dateTimeOriginal) != nil }) else {
            throw Refusal.severalCaptureTimes
        }
        try ExifProof.check(block, edit, target.exif)
        if rewriter.isDoublyRead { try ExifProof.checkAgain(block, edit, target.exif) }
        patches = edit.patches
        if !edit.appended.isEmpty {
            var length: [UInt8] = []
            length.append16(Int(segment.payload.upperBound - segment.payload.lowerBound) + 2 + edit.appended.count, bigEndian: true)
            edits.overwrite(segment.marker + 2, length)
            try insert(edit.appended, at: segment.payload.upperBound, photo)
        }
        method = edit.method
    }

    private mutating func create(_ photo: PhotoBytes, _ target: CaptureTarget) throws {
        guard !photo.head.hasMisplacedExif else { throw Refusal.misplacedExif }
        guard try !photo.hasAFCPTrailer() else { throw Refusal.noRoom(.afcpTrailer) }
        try insert(ExifCreation.segment(target.exif), at: photo.head.insertion, photo)
        method = .created
    }

    /// Inserts bytes and keeps every multi-picture index true.
    private mutating func insert(_ bytes: [UInt8], at position: Int64, _ photo: PhotoBytes) throws {
        edits.insert(position, bytes)
        do {
            for patch in try photo.movedImages(growth: Int64(bytes.count), at: position) { edits.overwrite(patch.position, patch.bytes) }
        } catch let obstacle as GrowthObstacle {
            throw Refusal.noRoom(obstacle)
        }
    }

    /// Drops everything planned for the capture time. Where no rule asks for anything, there is nothing to report.
    mutating func refuse(_ reason: Refusal) {
        match = match ?? rewriter.rules.match(path: path, facts)
        edits = FileEdits()
        patches = []
        method = nil
        target = nil
        warnings = []
        if row != nil || !correction.isIdentity { refusal = reason }
    }

    /// Notes that nothing could be removed because the photo cannot be read.
    mutating func noteUnreadable() {
        if !rewriter.privacy.isEmpty { gaps = [.unreadable("the photo")] }
    }

    private func assemble() -> FileEdits {
        var all = edits
        if var main = privacy?.main {
            for patch in patches { main.bytes.replaceSubrange(patch.range, with: patch.bytes) }
            main.commit(to: &all)
        } else {
            for patch in patches { all.overwrite(base + Int64(patch.position), patch.bytes) }
        }
        if let privacy { all.add(privacy.edits) }
        return all
    }

    /// The result; edits that do not fit together are dropped.
    mutating func result() -> PhotoRewrite {
        var all = assemble()
        if all.splice(size: size) == nil {
            refuse(.verificationFailed)
            all = assemble()
        }
        if all.splice(size: size) == nil {
            all = FileEdits()
            gaps = [.unreadable("the photo")]
        }
        let splice = all.isEmpty ? Splice.whole(size: size) : all.splice(size: size) ?? .whole(size: size)
        let isRedacted = privacy.map { !$0.edits.isEmpty || $0.main.map { $0.bytes != $0.original } ?? false } ?? false
        let isPartial = warnings.contains {
            if case .offsetLeftOut = $0 { true } else { false }
        }
        let hasTarget = target.map { $0.exif != ExifTarget() } ?? false
        return PhotoRewrite(
            splice: splice, method: method ?? (isRedacted ? .inPlace : .untouched(reason(isPartial))), facts: facts,
            timeAfter: hasTarget && target?.exif.time != nil ? target?.time : facts.captureTime,
            offsetAfter: hasTarget && !isPartial ? target?.offset : facts.offset, rule: match?.index, mismatches: match?.mismatches ?? [],
            usedTable: row != nil, warnings: warnings, refusal: refusal, isRedacted: isRedacted, gaps: gaps)
    }

    private func reason(_ isPartial: Bool) -> UntouchedReason {
        if refusal != nil { return .refused }
        if row == nil, match?.index == nil { return .noRule }
        if row == nil, correction.isIdentity { return .nothingAsked }
        if isPartial { return .offsetLeftOut }
        return target?.time == nil ? .noCaptureTime : .alreadyRight
    }
}
