// Finishes a deployment as Argo CD does: it sends one notification through the GitHub service of notifications-engine.
package main

import (
	"fmt"
	"os"

	"github.com/argoproj/notifications-engine/pkg/services"
)

func main() {
	if err := send(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// send renders the notification with the variables of an Argo CD application. Everything comes from the environment.
func send() error {
	service, err := services.NewGitHubService(services.GitHubOptions{
		AppID:             os.Getenv("APP_ID"),
		InstallationID:    os.Getenv("INSTALLATION_ID"),
		PrivateKey:        os.Getenv("PRIVATE_KEY"),
		EnterpriseBaseURL: os.Getenv("API_URL"),
	})
	if err != nil {
		return err
	}
	template := services.Notification{
		Message: "Application is {{.app.status.sync.status}}",
		GitHub: &services.GitHubNotification{
			Deployment: &services.GitHubDeployment{
				State:            os.Getenv("STATE"),
				Environment:      os.Getenv("ENVIRONMENT"),
				EnvironmentURL:   "https://www.example.com",
				LogURL:           "https://argocd.example.com/applications/app",
				RequiredContexts: []string{},
			},
		},
	}
	templater, err := template.GetTemplater("app-deployed", nil)
	if err != nil {
		return err
	}
	var notification services.Notification
	if err := templater(&notification, application()); err != nil {
		return err
	}
	return service.Send(notification, services.Destination{})
}

// application has the fields of an Argo CD application that the default templates of the service read.
func application() map[string]interface{} {
	type fields = map[string]interface{}
	return fields{"app": fields{
		"spec": fields{"source": fields{"repoURL": os.Getenv("REPOSITORY_URL")}},
		"status": fields{
			"sync":           fields{"status": "Synced"},
			"operationState": fields{"syncResult": fields{"revision": os.Getenv("REVISION")}},
		},
	}}
}
