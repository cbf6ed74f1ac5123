// Package peer holds what the plugins and the host of the interoperability tests share.
package peer

import (
	"context"
	"os"

	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
)

// Handshake is Mortise's own.
var Handshake = goplugin.HandshakeConfig{
	ProtocolVersion:  1,
	MagicCookieKey:   "MORTISE_PLUGIN",
	MagicCookieValue: "mortise-plugin-v1",
}

// ConsoleHandshake is the one of plugins with the services of console.plugin.v1.
var ConsoleHandshake = goplugin.HandshakeConfig{
	ProtocolVersion:  1,
	MagicCookieKey:   "CONSOLE_PLUGIN",
	MagicCookieValue: "console-plugin-v1",
}

// Plugin makes a go-plugin plugin out of two functions. A host leaves Register out, a plugin leaves Dispense out.
type Plugin struct {
	goplugin.NetRPCUnsupportedPlugin
	Register func(broker *goplugin.GRPCBroker, server *grpc.Server)
	Dispense func(broker *goplugin.GRPCBroker, conn *grpc.ClientConn) any
}

// GRPCServer registers the plugin's services.
func (p *Plugin) GRPCServer(broker *goplugin.GRPCBroker, server *grpc.Server) error {
	p.Register(broker, server)
	return nil
}

// GRPCClient makes the host's view of the plugin.
func (p *Plugin) GRPCClient(_ context.Context, broker *goplugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return p.Dispense(broker, conn), nil
}

// Serve runs a plugin with the services that register adds, until its host shuts it down.
func Serve(register func(broker *goplugin.GRPCBroker, server *grpc.Server)) {
	goplugin.Serve(&goplugin.ServeConfig{
		HandshakeConfig: Handshake,
		Plugins:         goplugin.PluginSet{"interop": &Plugin{Register: register}},
		GRPCServer:      goplugin.DefaultGRPCServer,
		Logger:          Logger(),
	})
}

// Logger writes JSON lines to standard error, as hosts expect them.
func Logger() hclog.Logger {
	return hclog.New(&hclog.LoggerOptions{Level: hclog.Trace, Output: os.Stderr, JSONFormat: true})
}
