import socket

import pytest

from salesanalytics import serve


def test_only_this_machine_is_listened_to_and_answers_go_out_at_once():
    bound = serve.listening_socket(0)
    with bound:
        assert bound.getsockname()[0] == "127.0.0.1"
        assert bound.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_taken_port_is_an_error_at_once():
    with serve.listening_socket(0) as taken:
        taken.listen()
        with pytest.raises(OSError):
            serve.listening_socket(taken.getsockname()[1])
