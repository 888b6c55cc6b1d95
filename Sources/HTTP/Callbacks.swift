internal import CCurl
internal import Glibc

// The C side of the callbacks: each finds its object behind the user pointer. An `EasyHandle` outlives its easy handle, and the loop outlives both.

private func handle(_ user: UnsafeMutableRawPointer?) -> EasyHandle? {
    user.map { Unmanaged<EasyHandle>.fromOpaque($0).takeUnretainedValue() }
}

private func loop(_ user: UnsafeMutableRawPointer?) -> EventLoop? {
    user.map { Unmanaged<EventLoop>.fromOpaque($0).takeUnretainedValue() }
}

let receivedBody: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = { data, size, count, user in
    handle(user)?.receiveBody(UnsafeRawBufferPointer(start: data, count: size * count)) ?? 0
}

let receivedHead: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = { data, size, count, user in
    handle(user)?.receiveHead(UnsafeRawBufferPointer(start: data, count: size * count)) == true ? size * count : 0
}

let wantsBody: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = { data, size, count, user in
    handle(user)?.giveBody(UnsafeMutableRawBufferPointer(start: data, count: size * count)) ?? Int(CURL_READFUNC_ABORT)
}

let seeksBody: @convention(c) (UnsafeMutableRawPointer?, curl_off_t, CInt) -> CInt = { user, offset, origin in
    origin == SEEK_SET && handle(user)?.seekBody(to: Int64(offset)) == true ? CInt(CURL_SEEKFUNC_OK) : CInt(CURL_SEEKFUNC_FAIL)
}

let beginsAttempt:
    @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?, CInt, CInt) -> CInt = {
        user, _, _, _, _ in
        handle(user)?.beginAttempt()
        return CInt(CURL_PREREQFUNC_OK)
    }

let progressed: @convention(c) (UnsafeMutableRawPointer?, curl_off_t, curl_off_t, curl_off_t, curl_off_t) -> CInt = { user, _, _, _, sent in
    handle(user)?.report(Int64(sent))
    return 0
}

let openedSocket: @convention(c) (UnsafeMutableRawPointer?, curl_socket_t, curlsocktype) -> CInt = { user, socket, _ in
    loop(user)?.watch.opened(socket)
    return CInt(CURL_SOCKOPT_OK)
}

let closesSocket: @convention(c) (UnsafeMutableRawPointer?, curl_socket_t) -> CInt = { user, socket in
    loop(user)?.watch.close(socket) ?? close(socket)
}

let wantsSocket:
    @convention(c) (UnsafeMutableRawPointer?, curl_socket_t, CInt, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> CInt = {
        easy, socket, what, user, _ in
        loop(user)?.watch.want(what, of: socket)
        if what != CURL_POLL_REMOVE {
            var owner: UnsafeMutableRawPointer?
            galleria_easy_get_private(easy, &owner)
            handle(owner)?.socket = socket
        }
        return 0
    }

let wantsTimer: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> CInt = { _, milliseconds, user in
    loop(user)?.setTimer(milliseconds: milliseconds)
    return 0
}
