"""No test reaches the network: the block itself is tested."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_other_hosts_are_out_of_reach():
    blocked = (SocketConnectBlockedError, UserWarning)
    with socket.socket() as connection, pytest.raises(blocked):
        connection.connect(("192.0.2.1", 80))
