"""bumble's virtual controller with the gaps that matter here closed.

Here: ``VirtualController``. Closed gaps of bumble 0.0.236: a cancelled connection attempt never completes,
so connecting to an absent device hangs for ever; LE Set Data Length and LE Set PHY have no handler; HCI
Reset resets nothing, so a new host inherits the old one's connections; packets are 27 bytes by default.
Not here: the air (``air_link``). Extended advertising and link-layer privacy are switched off: the legacy
commands are the smaller surface and carry all that the link needs.
"""

from __future__ import annotations

import asyncio

from bumble import controller as bumble_controller
from bumble import hci, ll
from bumble.controller import Controller
from bumble.transport.common import TransportSink

from ohmstead.link.virtual.air_link import AirLink

_LARGEST = 251
_MAX_TIME_US = 2120
_UNTIMED_PACKETS = 64


class VirtualController(Controller):
    """A controller on the virtual air. Create it inside a running loop."""

    def __init__(self, name: str, air: AirLink, host_sink: TransportSink | None = None) -> None:
        super().__init__(name, host_sink=host_sink, link=air)
        self._air = air
        radio = air.radio
        size = radio.packet_bytes if radio else _LARGEST
        packets = max(16, 2 * radio.packets_per_event) if radio else _UNTIMED_PACKETS
        self.le_acl_data_packet_length = self.acl_data_packet_length = size
        self.total_num_le_acl_data_packets = self.total_num_acl_data_packets = packets
        self.supported_max_tx_octets = self.supported_max_rx_octets = size
        self.le_features &= ~(hci.LeFeatureMask.LE_EXTENDED_ADVERTISING | hci.LeFeatureMask.LL_PRIVACY)

    def unplug(self) -> None:
        """The host is gone: stop advertising and scanning, and end every connection at both ends."""
        self.le_legacy_advertiser.stop()
        self.le_scan_enable = False
        self.pending_le_connection = None
        for connection in list(self.le_connections.values()):
            connection.send_ll_control_pdu(ll.TerminateInd(hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR))
        self.le_connections.clear()

    def leave(self) -> None:
        """Leave the air for good."""
        self.unplug()
        self._air.remove_controller(self)

    # ---- data --------------------------------------------------------------------------------

    def on_hci_acl_data_packet(self, packet: hci.HCI_AclDataPacket) -> None:
        """Data from the host: on the air at once, or in the connection's next event."""
        connection = self.find_connection_by_handle(packet.connection_handle)
        if connection is None:
            return
        if self._air.radio is None:
            connection.on_hci_acl_data_packet(packet)
        else:
            self._air.schedule(self, connection, packet)

    def on_air(self, connection: bumble_controller.Connection, packet: hci.HCI_AclDataPacket) -> None:
        """The packet's time on the air has come."""
        if self.le_connections.get(connection.peer_address) is connection:
            connection.on_hci_acl_data_packet(packet)

    def on_ll_control_pdu(self, sender_address: hci.Address, packet: ll.ControlPdu) -> None:
        """Control PDUs of a connection that has just ended are nothing to report."""
        if sender_address in self.le_connections:
            super().on_ll_control_pdu(sender_address, packet)

    # ---- commands ----------------------------------------------------------------------------

    def on_hci_reset_command(self, command: hci.HCI_Reset_Command) -> hci.HCI_StatusReturnParameters:
        """Core Vol 4 Part E §7.3.2: nothing of before remains."""
        self.unplug()
        return super().on_hci_reset_command(command)

    def on_hci_le_create_connection_cancel_command(
        self, command: hci.HCI_LE_Create_Connection_Cancel_Command
    ) -> hci.HCI_StatusReturnParameters:
        """Core Vol 4 Part E §7.8.13: the attempt ends with a completion event of its own."""
        pending, self.pending_le_connection = self.pending_le_connection, None
        if pending is None:
            return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.COMMAND_DISALLOWED_ERROR)
        completed = hci.HCI_LE_Connection_Complete_Event(
            status=hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR,
            connection_handle=0,
            role=hci.Role.CENTRAL,
            peer_address_type=pending.peer_address.address_type,
            peer_address=pending.peer_address,
            connection_interval=0,
            peripheral_latency=0,
            supervision_timeout=0,
            central_clock_accuracy=0,
        )
        asyncio.get_running_loop().call_soon(self.send_hci_packet, completed)
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)

    def on_hci_le_set_data_length_command(
        self, command: hci.HCI_LE_Set_Data_Length_Command
    ) -> hci.HCI_StatusAndConnectionHandleReturnParameters:
        """Core Vol 4 Part E §7.8.33."""
        changed = hci.HCI_LE_Data_Length_Change_Event(
            connection_handle=command.connection_handle,
            max_tx_octets=self.supported_max_tx_octets,
            max_tx_time=_MAX_TIME_US,
            max_rx_octets=self.supported_max_rx_octets,
            max_rx_time=_MAX_TIME_US,
        )
        asyncio.get_running_loop().call_soon(self.send_hci_packet, changed)
        return hci.HCI_StatusAndConnectionHandleReturnParameters(
            hci.HCI_ErrorCode.SUCCESS, command.connection_handle
        )

    def on_hci_le_set_phy_command(self, command: hci.HCI_LE_Set_PHY_Command) -> None:
        """Core Vol 4 Part E §7.8.49."""
        self._send_hci_command_status(hci.HCI_COMMAND_STATUS_PENDING, command.op_code)
        phy = self._air.radio.phy if self._air.radio else 2
        self.send_hci_packet(
            hci.HCI_LE_PHY_Update_Complete_Event(
                status=hci.HCI_ErrorCode.SUCCESS,
                connection_handle=command.connection_handle,
                tx_phy=phy,
                rx_phy=phy,
            )
        )
